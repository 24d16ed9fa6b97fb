// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/html/node.h"

#include <string_view>
#include <utility>
#include <vector>

namespace cardea::html::layouts {

/// What a layout puts around a page.
struct Document {
    std::string_view title;
    std::string_view stylesheet{};  ///< its address; empty: none
    std::string_view main_class{};  ///< the class of `main`; not given: none
};

/// The whole page. What stands in `content` goes where it belongs: `meta`, `link` and `script` into the head,
/// `header` and `footer` before and behind `main`, everything else into it.
[[nodiscard]] Node document(const Document& document, std::vector<Node> content);

/// A page without a style of its own: `layouts::plain("Login", html::h1("Login"), ...)`.
template <Child... Children>
[[nodiscard]] Node plain(std::string_view title, Children&&... children) {
    return document({.title = title}, list_of(std::forward<Children>(children)...));
}

}  // namespace cardea::html::layouts
