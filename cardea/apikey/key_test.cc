// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/key.h"

#include "cardea/base/hex.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <string>
#include <utility>

namespace cardea::apikey {

namespace {

// The checksum was computed with Python's zlib.crc32 and base 62 digits 0-9A-Za-z.
constexpr std::string_view zero_key = "cardea_00000000000000000000000000000000000000000004btY9J";
constexpr std::string_view zero_hash = "01b9f859003cc1e887bd926a2960a14a74b202de291a7a4085cf471c3cae3a76";

std::string text_of(const ApiKey& key) {
    return std::string(key.text().expose());
}

ApiKey make_key(std::string_view prefix = "cardea") {
    static FakeRandom random;
    return ApiKey::make(ApiKeyPrefix::parse(prefix).value(), random);
}

}  // namespace

TEST(ApiKeyPrefix, takes_words_of_lower_case_letters_and_digits) {
    for (const std::string_view text :
         {"cardea", "ab", "a1", "acme_live", "a_b_c", "abcdefghijklmnopqrstuvwx"}) {
        const Result<ApiKeyPrefix> prefix = ApiKeyPrefix::parse(text);
        ASSERT_TRUE(prefix) << text;
        EXPECT_EQ(prefix->text(), text);
    }
    EXPECT_EQ(ApiKeyPrefix().text(), "cardea");
}

TEST(ApiKeyPrefix, refuses_everything_else) {
    for (const std::string_view text :
         {"", "a", "A", "Acme", "1ab", "_ab", "ab_", "a__b", "a-b", "a b", "é1", "abcdefghijklmnopqrstuvwxy"
         }) {
        const Result<ApiKeyPrefix> prefix = ApiKeyPrefix::parse(text);
        ASSERT_FALSE(prefix) << text;
        EXPECT_EQ(prefix.error().code, Errc::invalid);
    }
}

TEST(ApiKey, is_a_text_that_parses_to_the_same_key) {
    for (const std::string_view prefix : {"cardea", "ab", "acme_live_eu", "abcdefghijklmnopqrstuvwx"}) {
        const ApiKey key = make_key(prefix);

        const Result<ApiKey> parsed = ApiKey::parse(key.text().expose());

        ASSERT_TRUE(parsed) << prefix;
        EXPECT_EQ(parsed->hash(), key.hash());
        EXPECT_TRUE(ApiKey::resembles_one(key.text().expose()));
    }
}

TEST(ApiKey, is_found_by_the_regular_expression_of_scanners_and_by_a_double_click) {
    const std::regex scanner(R"(\b[a-z][a-z0-9_]{1,23}_[0-9A-Za-z]{49}\b)");
    const std::regex one_word(R"(\w+)");

    for (const std::string_view prefix : {"cardea", "acme_live"}) {
        const std::string text = text_of(make_key(prefix));
        EXPECT_TRUE(std::regex_search("API_KEY=\"" + text + "\"", scanner)) << text;
        EXPECT_TRUE(std::regex_match(text, one_word)) << text;
    }
}

TEST(ApiKey, has_the_checksum_that_anybody_can_compute) {
    const Result<ApiKey> key = ApiKey::parse(zero_key);

    ASSERT_TRUE(key) << key.error().context;
    EXPECT_EQ(hex_encode(key->hash()), zero_hash);  // SHA-256 of the text, as sha256sum has it
}

TEST(ApiKey, is_refused_when_any_one_character_is_wrong) {
    const std::string right = text_of(make_key());

    for (std::size_t i = 0; i < right.size(); ++i) {
        for (const char c : {'0', '1', 'a', 'Z', '_', '-', ' ', '\0', '\xC3'}) {
            std::string wrong = right;
            wrong[i] = c;
            EXPECT_EQ(ApiKey::parse(wrong).has_value(), wrong == right) << i << ' ' << c;
        }
    }
}

TEST(ApiKey, is_refused_when_two_characters_are_swapped_or_one_is_missing) {
    const std::string right = text_of(make_key());

    for (std::size_t i = 0; i + 1 < right.size(); ++i) {
        std::string swapped = right;
        std::swap(swapped[i], swapped[i + 1]);
        EXPECT_EQ(ApiKey::parse(swapped).has_value(), swapped == right) << i;
        std::string shorter = right;
        shorter.erase(i, 1);
        EXPECT_FALSE(ApiKey::parse(shorter)) << i;
    }
}

TEST(ApiKey, refuses_other_texts_as_malformed) {
    const std::string right = text_of(make_key());
    for (const std::string& text :
         {std::string(),
          std::string("cardea_"),
          std::string(43, 'A'),
          right + " ",
          " " + right,
          right + "\n",
          "x" + right,
          "CARDEA" + right.substr(6),
          right.substr(7),
          std::string(10'000, 'a')}) {
        const Result<ApiKey> key = ApiKey::parse(text);
        ASSERT_FALSE(key) << text.substr(0, 80);
        EXPECT_EQ(key.error().code, Errc::malformed);
    }
}

TEST(ApiKey, resembles_no_token_of_another_kind) {
    std::string mistyped = text_of(make_key());
    mistyped.back() = mistyped.back() == 'a' ? 'b' : 'a';

    EXPECT_TRUE(ApiKey::resembles_one(mistyped));
    EXPECT_FALSE(ApiKey::resembles_one(std::string(43, '_')));  // as long as a session token
    EXPECT_FALSE(ApiKey::resembles_one(std::string(60, 'A')));
    EXPECT_FALSE(ApiKey::resembles_one(std::string(ApiKey::max_size + 1, '_')));
}

TEST(ApiKey, spreads_its_secret_evenly_over_the_alphabet) {
    FakeRandom random;
    std::map<char, int> counts;
    constexpr int keys = 4'000;
    for (int i = 0; i < keys; ++i) {
        const std::string text = text_of(ApiKey::make(ApiKeyPrefix(), random));
        for (const char c : text.substr(7, ApiKey::secret_size)) {
            ++counts[c];
        }
    }

    const double expected = keys * double{ApiKey::secret_size} / 62;
    ASSERT_EQ(counts.size(), 62U);
    for (const auto& [character, count] : counts) {
        EXPECT_NEAR(count, expected, expected * 0.12) << character;
    }
}

TEST(ApiKey, hints_at_its_prefix_and_last_four_characters) {
    const ApiKey key = make_key("acme_live");
    const std::string text = text_of(key);

    EXPECT_EQ(key.hint(), "acme_live_…" + text.substr(text.size() - 4));
}

TEST(ApiKey, leaves_nothing_behind_when_moved) {
    ApiKey key = make_key();
    const ApiKeyHash hash = key.hash();

    ApiKey moved = std::move(key);

    EXPECT_EQ(moved.hash(), hash);
    const SecretText left = key.text();  // NOLINT(bugprone-use-after-move): that is the question
    EXPECT_TRUE(std::ranges::all_of(left.expose(), [](char c) { return c == '\0'; }));
}

}  // namespace cardea::apikey
