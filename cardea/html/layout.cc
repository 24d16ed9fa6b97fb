// SPDX-License-Identifier: Apache-2.0
#include "cardea/html/layout.h"

#include "cardea/html/tags.h"

namespace cardea::html::layouts {
namespace {

/// The parts of a document that a layout fills.
struct Parts {
    std::vector<Node> head;
    std::vector<Node> headers;
    std::vector<Node> main;
    std::vector<Node> footers;

    std::vector<Node>& place_of(std::string_view element) noexcept {
        if (element == "meta" || element == "link" || element == "script") {
            return head;
        }
        if (element == "header") {
            return headers;
        }
        return element == "footer" ? footers : main;
    }
};

Parts sort(std::vector<Node> content) {
    Parts parts;
    for (Node& node : content) {
        parts.place_of(node.element()).push_back(std::move(node));
    }
    return parts;
}

}  // namespace

Node document(const Document& document, std::vector<Node> content) {
    Parts parts = sort(std::move(content));
    return root(
        {.lang = "en"},
        head(
            meta({.charset = "utf-8"}),
            meta({.content = "width=device-width, initial-scale=1", .name = "viewport"}),
            html::title(document.title),
            document.stylesheet.empty() ? Node() : link({.href = document.stylesheet, .rel = "stylesheet"}),
            std::move(parts.head)
        ),
        body(
            std::move(parts.headers),
            main_({.class_ = document.main_class}, std::move(parts.main)),
            std::move(parts.footers)
        )
    );
}

}  // namespace cardea::html::layouts
