// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

/// Takes the first code point off `rest`; nullopt, and `rest` untouched, when it does not begin with a
/// well-formed one (RFC 3629: shortest form, no surrogates, at most U+10FFFF) or is empty.
[[nodiscard]] std::optional<char32_t> take_code_point(std::string_view& rest) noexcept;

/// Whether every byte is ASCII: then each is a code point, and every normal form is the text itself.
[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

/// The text with A to Z in lower case; other bytes stay as they are.
[[nodiscard]] std::string ascii_lower(std::string_view text);

/// Whether a code point acts on what shows it instead of being seen: controls, which steer terminals, line
/// ends, and marks that turn the direction of the text (UAX 9).
[[nodiscard]] constexpr bool steers_display(char32_t c) noexcept {
    const bool is_control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    const bool is_line_end_or_bidi = c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e);
    return is_control || is_line_end_or_bidi || (c >= 0x2066 && c <= 0x2069);
}

/// Whether the text is UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

/// The number of code points; nullopt when the text is not valid UTF-8.
[[nodiscard]] std::optional<std::size_t> count_code_points(std::string_view text) noexcept;

/// The same text with U+FFFD in place of every byte that belongs to no code point: for headers and names from
/// outside that must end up in JSON or a log.
[[nodiscard]] std::string to_valid_utf8(std::string_view text);

}  // namespace cardea
