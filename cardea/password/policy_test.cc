// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/policy.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>

namespace cardea::password {
namespace {

constexpr std::array<std::string_view, 4> ada{
    "ada.lovelace@example.org", "Ada L\u00d6velace", "ada", "Cardea"
};

std::optional<Errc> refusal(std::string_view text, const PasswordPolicy& policy = {}) {
    const Result<> checked = check_password(Password::parse(text).value(), policy, {.words = ada});
    return checked ? std::nullopt : std::optional(checked.error().code);
}

TEST(PasswordPolicy, counts_code_points) {
    EXPECT_EQ(refusal("tulip-orbit"), Errc::password_too_short);
    EXPECT_EQ(refusal("tulip-orbits"), std::nullopt);
    EXPECT_EQ(
        refusal("\u00e4\u00f6\u00fc\u00df\u00e9\u00e8\u00ea\u00eb\u00ed\u00ec\u00ee"),
        Errc::password_too_short
    );
    EXPECT_EQ(
        refusal("\u00e4\u00f6\u00fc\u00df\u00e9\u00e8\u00ea\u00eb\u00ed\u00ec\u00ee\u00ef"), std::nullopt
    );
}

TEST(PasswordPolicy, has_presets) {
    EXPECT_EQ(refusal("tulip-orbit-99", PasswordPolicy::nist()), Errc::password_too_short);
    EXPECT_EQ(refusal("tulip-orbit-999", PasswordPolicy::nist()), std::nullopt);
    EXPECT_EQ(refusal("tulip-8", PasswordPolicy::nist_with_second_factor()), Errc::password_too_short);
    EXPECT_EQ(refusal("tulip-88", PasswordPolicy::nist_with_second_factor()), std::nullopt);
    EXPECT_EQ(refusal("tulip-orbit-999", PasswordPolicy::four_classes()), Errc::password_too_simple);
    EXPECT_EQ(refusal("Tulip-orbit-nnn", PasswordPolicy::four_classes()), Errc::password_too_simple);
    EXPECT_EQ(refusal("TULIP-ORBIT-999", PasswordPolicy::four_classes()), Errc::password_too_simple);
    EXPECT_EQ(refusal("Tuliporbit999", PasswordPolicy::four_classes()), Errc::password_too_simple);
    EXPECT_EQ(refusal("Tulip-orbit-999", PasswordPolicy::four_classes()), std::nullopt);
}

TEST(PasswordPolicy, has_an_upper_limit) {
    EXPECT_EQ(refusal("tulip-orbits-and-more", {.max_bytes = 20}), Errc::password_too_long);
}

TEST(PasswordPolicy, asvs5_6_2_11_blocks_words_of_the_account_and_the_site) {
    EXPECT_EQ(refusal("ada.lovelace@example.org"), Errc::password_blocked);
    EXPECT_EQ(refusal("my-ADA.Lovelace-1815"), Errc::password_blocked);
    EXPECT_EQ(refusal("i-am-ada l\u00f6velace"), Errc::password_blocked);
    EXPECT_EQ(refusal("winter-CARDEA-2026"), Errc::password_blocked);
    EXPECT_EQ(refusal("armada-of-tulips"), std::nullopt);  // "ada" is too short to count
    EXPECT_EQ(refusal("tulips at example.org"), std::nullopt);
}

TEST(PasswordPolicy, blocks_repetitions_and_sequences) {
    for (const std::string_view weak :
         {"aaaaaaaaaaaa",
          "abcabcabcabc",
          "passwordpassword",
          "PasswordpassworD",
          "123456789012",
          "098765432109",
          "abcdefghijkl",
          "zyxwvutsrqpo",
          "xyzabcdefghi",
          "qwertyuiopas",
          "AbCdEfGhIjKl",
          "\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4"}) {
        EXPECT_EQ(refusal(weak), Errc::password_blocked) << weak;
    }
    EXPECT_EQ(refusal("abcdefghijk-tulip", {.min_score = 0}), std::nullopt);
}

TEST(PasswordPolicy, asvs5_6_2_12_blocks_what_is_on_a_list) {
    const Bytes file = build_blocklist("Zwiebelfisch ondulation 7").value().file;
    const Blocklist further = Blocklist::parse(file).value();
    const Password listed = Password::parse("zwiebelfisch ONDULATION 7").value();

    EXPECT_EQ(refusal("1qaz2wsx3edc"), Errc::password_blocked);
    EXPECT_EQ(refusal("1qaz2wsx3edc", PasswordPolicy{.min_score = 0}), Errc::password_blocked);
    EXPECT_TRUE(check_password(listed, {}, {}));
    EXPECT_EQ(check_password(listed, {}, {.further = &further}).error().code, Errc::password_blocked);
}

TEST(PasswordPolicy, lets_common_ones_pass_only_where_told_so) {
    const PasswordPolicy lenient{.min_code_points = 8, .min_score = 0, .common = CommonPasswords::allowed};
    PasswordPolicy usual = lenient;
    usual.common = CommonPasswords::refused;
    const Password common = Password::parse("football1").value();

    EXPECT_TRUE(check_password(common, lenient, {}));
    EXPECT_EQ(check_password(common, usual, {}).error().code, Errc::password_blocked);
}

TEST(PasswordPolicy, blocks_what_is_guessed_too_soon) {
    EXPECT_EQ(refusal("Password12345!"), Errc::password_blocked);
    EXPECT_EQ(refusal("iloveyoujessica"), Errc::password_blocked);
    EXPECT_EQ(refusal("iloveyoujessica", PasswordPolicy::nist()), std::nullopt);
    EXPECT_EQ(refusal("tangerine parasol 42"), std::nullopt);
}

TEST(PasswordPolicy, tells_its_refusals_from_other_failures) {
    for (const Errc code :
         {Errc::password_too_short, Errc::password_too_long, Errc::password_too_simple, Errc::password_blocked
         }) {
        EXPECT_TRUE(is_policy_refusal(code)) << name(code);
    }
    for (const Errc code : {Errc::credentials_wrong, Errc::malformed, Errc::busy}) {
        EXPECT_FALSE(is_policy_refusal(code)) << name(code);
    }
}

}  // namespace
}  // namespace cardea::password
