// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cardea::html {

/// Appends the text so that it is only text, between tags and inside quoted attributes alike. Control
/// characters that HTML cannot hold become U+FFFD.
void append_escaped(std::string& out, std::string_view text);

/// Whether the text may stand in href or action: a path, query or fragment on this origin, or an http,
/// https, mailto or otpauth URL. "//host", "javascript:" and anything with blanks, controls or '\' may not.
[[nodiscard]] bool is_safe_link(std::string_view url) noexcept;

/// Whether the text may stand in src: an http or https link as above, or a `data:image/` URL.
[[nodiscard]] bool is_safe_source(std::string_view url) noexcept;

}  // namespace cardea::html
