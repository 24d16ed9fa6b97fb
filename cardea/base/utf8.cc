// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/utf8.h"

#include <algorithm>
#include <cstdint>

namespace cardea {
namespace {

/// What the first byte of a sequence says: its length, its bits, and the smallest code point that needs it.
struct Lead {
    std::size_t size = 0;  ///< 0 when no sequence begins so
    char32_t bits = 0;
    char32_t smallest = 0;
};

Lead read_lead(std::uint8_t byte) noexcept {
    if (byte < 0x80) {
        return {1, byte, 0};
    }
    if (byte >= 0xc2 && byte < 0xe0) {
        return {2, byte & 0x1fU, 0x80};
    }
    if (byte >= 0xe0 && byte < 0xf0) {
        return {3, byte & 0x0fU, 0x800};
    }
    if (byte >= 0xf0 && byte < 0xf5) {
        return {4, byte & 0x07U, 0x10000};
    }
    return {};
}

}  // namespace

std::optional<char32_t> take_code_point(std::string_view& rest) noexcept {
    if (rest.empty()) {
        return std::nullopt;
    }
    const Lead lead = read_lead(static_cast<std::uint8_t>(rest.front()));
    if (lead.size == 0 || rest.size() < lead.size) {
        return std::nullopt;
    }
    char32_t code_point = lead.bits;
    for (std::size_t i = 1; i < lead.size; ++i) {
        const auto byte = static_cast<std::uint8_t>(rest[i]);
        if ((byte & 0xc0U) != 0x80) {
            return std::nullopt;
        }
        code_point = code_point << 6 | (byte & 0x3fU);
    }
    const bool is_surrogate = code_point >= 0xd800 && code_point < 0xe000;
    if (code_point < lead.smallest || is_surrogate || code_point > 0x10ffff) {
        return std::nullopt;
    }
    rest.remove_prefix(lead.size);
    return code_point;
}

bool is_ascii(std::string_view text) noexcept {
    return std::ranges::all_of(text, [](char c) { return static_cast<std::uint8_t>(c) < 0x80; });
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

bool is_valid_utf8(std::string_view text) noexcept {
    return count_code_points(text).has_value();
}

std::optional<std::size_t> count_code_points(std::string_view text) noexcept {
    std::size_t count = 0;
    for (; !text.empty(); ++count) {
        if (static_cast<std::uint8_t>(text.front()) < 0x80) {
            text.remove_prefix(1);  // nearly always; without the call
        } else if (!take_code_point(text)) {
            return std::nullopt;
        }
    }
    return count;
}

std::string to_valid_utf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    while (!text.empty()) {
        const std::string_view before = text;
        if (take_code_point(text)) {
            valid.append(before.substr(0, before.size() - text.size()));
        } else {
            valid.append("\xef\xbf\xbd");
            text.remove_prefix(1);
        }
    }
    return valid;
}

}  // namespace cardea
