// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cardea::detail {

inline constexpr std::uint8_t not_a_digit = 0xff;

/// For every byte its value as a digit of `alphabet`, or not_a_digit.
constexpr std::array<std::uint8_t, 256> digit_values(std::string_view alphabet) noexcept {
    std::array<std::uint8_t, 256> values{};
    values.fill(not_a_digit);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        values[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}

}  // namespace cardea::detail
