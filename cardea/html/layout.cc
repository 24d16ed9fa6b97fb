// SPDX-License-Identifier: Apache-2.0
#include "cardea/html/layout.h"

#include "cardea/html/tags.h"

namespace cardea::html::layouts {

Node document(std::string_view title, std::vector<Node> content) {
    return root(
        {.lang = "en"},
        head(
            meta({.charset = "utf-8"}),
            meta({.content = "width=device-width, initial-scale=1", .name = "viewport"}),
            html::title(title)
        ),
        body(main_(std::move(content)))
    );
}

}  // namespace cardea::html::layouts
