// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base32.h"

#include "cardea/base/detail/digit_values.h"

#include <array>

namespace cardea {
namespace {

constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::array<std::uint8_t, 256> values = detail::digit_values(alphabet);

}  // namespace

std::string crockford32_encode(ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t pending = 0;
    unsigned bits = 0;
    for (const std::uint8_t byte : bytes) {
        pending = (pending << 8) | byte;
        for (bits += 8; bits >= 5; bits -= 5) {
            text.push_back(alphabet[(pending >> (bits - 5)) & 31U]);
        }
    }
    if (bits > 0) {
        text.push_back(alphabet[(pending << (5 - bits)) & 31U]);
    }
    return text;
}

bool crockford32_decode(std::string_view text, std::span<std::uint8_t> out) noexcept {
    if (text.size() != (out.size() * 8 + 4) / 5) {
        return false;
    }
    std::uint32_t pending = 0;
    unsigned bits = 0;
    std::size_t filled = 0;
    for (const char c : text) {
        const std::uint8_t value = values[static_cast<std::uint8_t>(c)];
        if (value == detail::not_a_digit) {
            return false;
        }
        pending = (pending << 5) | value;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out[filled++] = static_cast<std::uint8_t>(pending >> bits);
        }
    }
    return (pending & ((1U << bits) - 1U)) == 0;  // one text for one value
}

}  // namespace cardea
