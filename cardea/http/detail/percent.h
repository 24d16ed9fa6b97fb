// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/detail/characters.h"

#include <string>
#include <string_view>

namespace cardea::http::detail {

/// Whether the text starts with an escape: '%' and two hexadecimal digits.
constexpr bool is_escape(std::string_view text) noexcept {
    return text.size() >= 3 && text[0] == '%' && hex_value(text[1]) >= 0 && hex_value(text[2]) >= 0;
}

/// Takes one character off a text that is not empty, decoding an escape. The byte, or -1 for a '%' that
/// starts no escape.
constexpr int take_percent_decoded(std::string_view& text) noexcept {
    if (text.front() != '%') {
        const int byte = static_cast<std::uint8_t>(text.front());
        text.remove_prefix(1);
        return byte;
    }
    if (!is_escape(text)) {
        return -1;
    }
    const int byte = hex_value(text[1]) * 16 + hex_value(text[2]);
    text.remove_prefix(3);
    return byte;
}

/// Appends the text with every byte outside `plain` written as an escape.
inline void append_percent_encoded(std::string& out, std::string_view text, const CharacterSet& plain) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        if (plain.contains(c)) {
            out.push_back(c);
        } else {
            const auto byte = static_cast<std::uint8_t>(c);
            out.append({'%', digits[byte >> 4], digits[byte & 15U]});
        }
    }
}

}  // namespace cardea::http::detail
