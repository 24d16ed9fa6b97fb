// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/password/password.h"

#include <span>
#include <string_view>

namespace cardea::password {

/// How many guesses a good guesser needs, as zxcvbn estimates it.
struct Strength {
    double guesses_log10 = 0;
    int score = 0;  ///< 0: fewer than 10^3 guesses, 1: 10^6, 2: 10^8, 3: 10^10, 4: more
};

/// Estimates a password with Debian's libzxcvbn: dictionaries, keyboards, dates, repetitions. Words of the
/// context are as good as known. Only what lies before a NUL and within the first hundred bytes counts, which
/// bounds the work to a few milliseconds; what follows could only add to it.
[[nodiscard]] Strength estimate_strength(const Password& password, std::span<const std::string_view> context);

}  // namespace cardea::password
