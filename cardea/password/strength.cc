// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/strength.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>
#include <zxcvbn.h>

namespace cardea::password {
namespace {

constexpr std::size_t longest_estimated = 100;
constexpr std::array<double, 4> score_borders{3, 6, 8, 10};

int score_of(double guesses_log10) noexcept {
    return static_cast<int>(std::ranges::count_if(score_borders, [guesses_log10](double border) {
        return guesses_log10 >= border;
    }));
}

}  // namespace

Strength estimate_strength(const Password& password, std::span<const std::string_view> context) {
    const std::vector<std::string> words(context.begin(), context.end());
    std::vector<const char*> dictionary;
    dictionary.reserve(words.size() + 1);
    for (const std::string& word : words) {
        dictionary.push_back(word.c_str());
    }
    dictionary.push_back(nullptr);

    std::array<char, longest_estimated + 1> text{};  // ends with a NUL
    std::ranges::copy(password.expose().substr(0, longest_estimated), text.begin());
    const double bits = ZxcvbnMatch(text.data(), dictionary.data(), nullptr);
    wipe(text.data(), text.size());

    const double guesses_log10 = bits * std::log10(2.0);
    return {.guesses_log10 = guesses_log10, .score = score_of(guesses_log10)};
}

}  // namespace cardea::password
