// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace cardea::jose::detail {

/// Takes a compact serialization apart at its dots. False unless there are exactly N parts.
template <std::size_t N>
[[nodiscard]] bool split_compact(std::string_view text, std::array<std::string_view, N>& parts) noexcept {
    for (std::size_t i = 0; i < N; ++i) {
        const std::size_t dot = text.find('.');
        if ((dot == text.npos) != (i + 1 == N)) {
            return false;
        }
        parts[i] = text.substr(0, dot);
        text.remove_prefix(dot == text.npos ? text.size() : dot + 1);
    }
    return true;
}

}  // namespace cardea::jose::detail
