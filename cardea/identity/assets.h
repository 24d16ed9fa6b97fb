// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/assets.h"

#include <span>

namespace cardea::identity {

/// What the pages load: web/ and the documentation pages' npm packages, embedded at build time.
[[nodiscard]] std::span<const web::Asset> assets();

}  // namespace cardea::identity
