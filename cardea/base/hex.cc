// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/hex.h"

#include "cardea/base/detail/digit_values.h"

#include <array>

namespace cardea {
namespace {

constexpr std::string_view digits = "0123456789abcdef";
constexpr std::array<std::uint8_t, 256> values = detail::digit_values(digits);

}  // namespace

std::string hex_encode(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15U]);
    }
    return text;
}

bool hex_decode(std::string_view text, std::span<std::uint8_t> out) noexcept {
    if (text.size() != out.size() * 2) {
        return false;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::uint8_t high = values[static_cast<std::uint8_t>(text[2 * i])];
        const std::uint8_t low = values[static_cast<std::uint8_t>(text[2 * i + 1])];
        if (high == detail::not_a_digit || low == detail::not_a_digit) {
            return false;
        }
        out[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return true;
}

Result<Bytes> hex_decode(std::string_view text) {
    Bytes bytes(text.size() / 2);
    if (!hex_decode(text, bytes)) {
        return fail(Errc::malformed, "hex");
    }
    return bytes;
}

}  // namespace cardea
