// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/html/node.h"

#include <string_view>
#include <utility>
#include <vector>

namespace cardea::html::layouts {

/// The document around a page: head with title, then the content in `main`.
[[nodiscard]] Node document(std::string_view title, std::vector<Node> content);

/// A page without a style of its own: `layouts::plain("Login", html::h1("Login"), ...)`.
template <Child... Children>
[[nodiscard]] Node plain(std::string_view title, Children&&... children) {
    std::vector<Node> content;
    content.reserve(sizeof...(children));
    (content.emplace_back(std::forward<Children>(children)), ...);
    return document(title, std::move(content));
}

}  // namespace cardea::html::layouts
