// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/html/node.h"

#include <functional>
#include <string>
#include <string_view>

namespace cardea::identity {

/// How much room the content takes.
enum class Width : bool { narrow, wide };

/// Who looks at a page, for the bar on top of it.
struct Viewer {
    bool signed_in = false;
    std::string csrf_token;  ///< of the "Sign out" button
};

/// What is around a page's content.
struct Frame {
    std::string_view title;
    Width width = Width::narrow;
    Viewer viewer;
    std::string_view path;  ///< where we are, to be marked in the bar
};

/// Makes the whole document of a page. One of a program's own puts its own head and navigation around the
/// content: with stylesheet_path() in a `<link>`, or with rules of its own for the classes; and with a form
/// that posts `csrf_token` to /logout on every page of somebody who is signed in (ASVS 5.0, 7.4.4).
using PageRenderer = std::function<std::string(const Frame& frame, html::Node content)>;

/// The one of this module: Cardea's own.
[[nodiscard]] std::string render_page(const Frame& frame, html::Node content);

/// Where the stylesheet of these pages is served.
[[nodiscard]] std::string_view stylesheet_path();

}  // namespace cardea::identity
