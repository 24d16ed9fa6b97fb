// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/assets.h"

#include <span>

namespace cardea::web::detail {

/// What /docs and /redoc load: npm packages, embedded at build time.
[[nodiscard]] std::span<const Asset> docs_assets();

}  // namespace cardea::web::detail
