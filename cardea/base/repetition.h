// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cardea {

/// "abcabcabc": some beginning of the text, at most its half, repeats until its end. Such a secret is as good
/// as its beginning.
[[nodiscard]] constexpr bool is_repetition(std::string_view text) noexcept {
    for (std::size_t period = 1; period <= text.size() / 2; ++period) {
        if (text.substr(period) == text.substr(0, text.size() - period)) {
            return true;
        }
    }
    return false;
}

static_assert(is_repetition("aa") && is_repetition("abcabc") && is_repetition("abcabcab"));
static_assert(
    !is_repetition("") && !is_repetition("a") && !is_repetition("abcab") && !is_repetition("abcabd")
);

}  // namespace cardea
