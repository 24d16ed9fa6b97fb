// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/assets.h"

#include <span>

namespace cardea::web::detail {

/// What the layouts load: npm packages, embedded at build time.
[[nodiscard]] std::span<const Asset> mvpcss_assets();
[[nodiscard]] std::span<const Asset> picocss_assets();

/// Serves what the layouts load that are linked into the program.
void serve_layouts(App& app);

}  // namespace cardea::web::detail
