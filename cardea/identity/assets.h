// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/assets.h"

#include <span>

namespace cardea::identity {

/// What the pages load: the style sheet, the script and the emblem of web/, embedded at build time.
[[nodiscard]] std::span<const web::Asset> assets();

}  // namespace cardea::identity
