// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/strength.h"

#include "cardea/base/json.h"
#include "tests/support/vectors.h"

#include <gtest/gtest.h>

#include <array>
#include <iostream>

namespace cardea::password {
namespace {

Strength strength(std::string_view text, std::span<const std::string_view> context = {}) {
    return estimate_strength(Password::parse(text).value(), context);
}

TEST(Strength, grows_with_the_guesses_that_are_needed) {
    EXPECT_EQ(strength("password").score, 0);
    EXPECT_LT(strength("qwertyuiop").score, 3);
    EXPECT_LT(strength("Password1999").score, 3);
    EXPECT_EQ(strength("tangerine parasol 42").score, 4);
    EXPECT_GT(strength("tangerine parasol 42").guesses_log10, 10);
}

TEST(Strength, takes_words_of_the_context_for_known) {
    constexpr std::array<std::string_view, 2> context{"zwiebelfisch", "ondulation"};

    EXPECT_LT(
        strength("zwiebelfischondulation", context).guesses_log10,
        strength("zwiebelfischondulation").guesses_log10 - 3
    );
}

TEST(Strength, takes_any_password_there_is) {
    EXPECT_GE(strength(std::string_view("\0hidden", 7)).guesses_log10, 0);
    EXPECT_EQ(strength("password" + std::string(1, '\0') + "tangerine parasol 42").score, 0);
    EXPECT_GE(strength("\u00e4\u00f6\u00fc\u1d15e").guesses_log10, 0);
    EXPECT_GE(strength(std::string(1024, 'a')).guesses_log10, 0);
}

// libzxcvbn is a work of its own after the same idea, with smaller dictionaries: its scores are close to
// those of the original, not equal.
TEST(Strength, is_close_to_the_original) {
    CARDEA_VECTORS_OR_SKIP(file, "passwords/zxcvbn-4.4.2-scores.json");
    const Json json = parse_json(file).value();
    std::array<int, 5> by_difference{};

    for (const Json& one : json.find("cases")->items()) {
        const std::string_view text = one.find_text("password").value();
        const auto theirs = static_cast<int>(one.find("score")->as_integer().value());
        // There is one case without a password, which here is none.
        const int ours = text.empty() ? 0 : strength(text).score;
        ++by_difference[static_cast<std::size_t>(std::abs(ours - theirs))];
        if (ours != theirs) {
            std::cout << "  " << text << ": " << ours << " here, " << theirs << " there\n";
        }
    }

    std::cout << by_difference[0] << " scores equal, " << by_difference[1] << " one off, " << by_difference[2]
              << " two off\n";
    EXPECT_GE(by_difference[0], 57);
    EXPECT_GE(by_difference[0] + by_difference[1], 71);
    EXPECT_EQ(by_difference[0] + by_difference[1] + by_difference[2], 82);
}

}  // namespace
}  // namespace cardea::password
