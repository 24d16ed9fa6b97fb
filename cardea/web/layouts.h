// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/html/layout.h"
#include "cardea/html/node.h"

#include <string_view>
#include <utility>
#include <vector>

namespace cardea::web::layouts {

// Pages in the style of a style sheet that needs no classes. An App of a program that calls one of them
// serves its style sheet, fingerprinted; a program that does not call it does not carry it. Both are light or
// dark as the browser is.

/// The whole page, in the style of MVP.css.
[[nodiscard]] html::Node mvpcss_document(std::string_view title, std::vector<html::Node> content);

/// The whole page, in the style of Pico CSS; its classes, such as `grid` and `secondary`, are there too.
[[nodiscard]] html::Node picocss_document(std::string_view title, std::vector<html::Node> content);

/// `layouts::mvpcss("Login", html::h1("Login"), ...)`
template <html::Child... Children>
[[nodiscard]] html::Node mvpcss(std::string_view title, Children&&... children) {
    return mvpcss_document(title, html::list_of(std::forward<Children>(children)...));
}

/// `layouts::picocss("Login", html::h1("Login"), ...)`
template <html::Child... Children>
[[nodiscard]] html::Node picocss(std::string_view title, Children&&... children) {
    return picocss_document(title, html::list_of(std::forward<Children>(children)...));
}

}  // namespace cardea::web::layouts
