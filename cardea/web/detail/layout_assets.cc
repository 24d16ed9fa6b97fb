// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/layout_assets.h"

namespace cardea::web::detail {

// Weak: these name the assets of a layout without linking them. They are there when a page of the program
// links that layout (layout_mvpcss.cc, layout_picocss.cc), and null otherwise.
[[gnu::weak]] std::span<const Asset> mvpcss_assets();
[[gnu::weak]] std::span<const Asset> picocss_assets();

void serve_layouts(App& app) {
    for (const auto assets : {&mvpcss_assets, &picocss_assets}) {
        if (assets != nullptr) {
            serve_assets(app, assets());
        }
    }
}

}  // namespace cardea::web::detail
