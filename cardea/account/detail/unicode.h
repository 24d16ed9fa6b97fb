// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cardea::account::detail {

enum class Mapping : unsigned char {
    nfc,         ///< canonical composition
    nfkc,        ///< compatibility composition
    casefolded,  ///< full case folding, then NFC: for keys
};

/// The text in that form; nullopt when it is not valid UTF-8.
[[nodiscard]] std::optional<std::string> mapped(std::string_view text, Mapping mapping);

/// The code points; nullopt when it is not valid UTF-8.
[[nodiscard]] std::optional<std::u32string> code_points(std::string_view text);

[[nodiscard]] std::string to_utf8(std::u32string_view code_points);

/// The code points with wide and narrow forms replaced by the ordinary ones (RFC 8264 section 5.2.1).
[[nodiscard]] std::u32string width_mapped(std::u32string_view text);

/// The code points in lower case, each by its own simple mapping.
[[nodiscard]] std::u32string lower_case(std::u32string_view text);

/// The general category, as utf8proc numbers it.
[[nodiscard]] int category(char32_t code_point) noexcept;

[[nodiscard]] bool is_letter(char32_t code_point) noexcept;
[[nodiscard]] bool is_mark(char32_t code_point) noexcept;
[[nodiscard]] bool is_decimal_digit(char32_t code_point) noexcept;
/// Controls, format characters, surrogates, private use and unassigned code points.
[[nodiscard]] bool is_other(char32_t code_point) noexcept;
/// Spaces and separators of lines and paragraphs.
[[nodiscard]] bool is_separator(char32_t code_point) noexcept;
/// Code points that have no glyph of their own and are passed over in display.
[[nodiscard]] bool is_ignorable(char32_t code_point) noexcept;

/// Whether the bidi rule of RFC 5893 section 2 holds, for text that has right-to-left letters; other text
/// keeps it.
[[nodiscard]] bool keeps_bidi_rule(std::u32string_view text) noexcept;

/// Whether all letters belong to one script, or to the scripts that Japanese, Korean or Chinese is written in
/// (the single-script sets of UTS 39 section 5.1).
[[nodiscard]] bool is_single_script(std::u32string_view text) noexcept;

}  // namespace cardea::account::detail
