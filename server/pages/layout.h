// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/html/node.h"

#include <string>
#include <string_view>

namespace cardea::server {

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

/// The whole document. "Sign out" is on every page of somebody who is signed in (ASVS 5.0, 7.4.4).
[[nodiscard]] std::string render_page(const Frame& frame, html::Node content);

}  // namespace cardea::server
