// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/reference.h"

#include "cardea/crypto/keyring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace cardea::audit {
namespace {

using ::testing::MatchesRegex;

constexpr std::string_view old_secret = "correct-horse-battery-staple-0123456789-abcdef";
constexpr std::string_view new_secret = "another-secret-9876543210-zyxwvutsrqponm";
constexpr Time at{std::chrono::seconds(1'795'000'000)};

crypto::Keyring keyring(std::string_view secrets) {
    return crypto::Keyring::parse(secrets).value();
}

TEST(References, tells_what_was_refused_when_and_why) {
    const References references(keyring(old_secret));

    const std::string text = references.make(at, Errc::rate_limited, Rule::account_delay);

    EXPECT_THAT(text, MatchesRegex("[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}"));
    const Result<Refusal> refusal = references.explain(text);
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->at, at);
    EXPECT_EQ(refusal->code, Errc::rate_limited);
    EXPECT_EQ(refusal->rule, Rule::account_delay);
    EXPECT_EQ(refusal->counter, 0);
}

TEST(References, is_read_as_people_type_it) {
    const References references(keyring(old_secret));
    std::string text = references.make(at, Errc::forbidden, Rule::invitation);
    std::ranges::transform(text, text.begin(), [](char c) {
        return c == '-' ? ' ' : c == '1' ? 'L' : c == '0' ? 'o' : static_cast<char>(std::toupper(c));
    });

    EXPECT_EQ(references.explain(" " + text).value().rule, Rule::invitation);
}

TEST(References, old_keys_still_explain_and_strange_ones_do_not) {
    const std::string text = References(keyring(old_secret)).make(at, Errc::expired, Rule::flow_state);

    EXPECT_TRUE(References(keyring(std::string(new_secret) + "," + std::string(old_secret))).explain(text));
    EXPECT_EQ(References(keyring(new_secret)).explain(text).error().code, Errc::not_found);
}

TEST(References, two_refusals_in_one_second_have_two_references_that_look_unrelated) {
    const References references(keyring(old_secret));
    std::set<std::string> beginnings;

    for (int i = 0; i < 1000; ++i) {
        beginnings.insert(references.make(at, Errc::forbidden, Rule::csrf).substr(0, 9));
    }

    EXPECT_EQ(beginnings.size(), 1000U);
}

TEST(References, refuses_what_is_no_reference) {
    const References references(keyring(old_secret));

    for (const char* text :
         {"", "abcd", "abcd-efgh-jkmn-pqr", "abcd-efgh-jkmn-pqrs-t", "abcd-efgh-jkmn-pqru"}) {
        EXPECT_EQ(references.explain(text).error().code, Errc::malformed) << text;
    }
    EXPECT_FALSE(references.explain(std::string(1'000'000, 'a')));
}

TEST(Rule, has_a_name_and_a_sentence) {
    EXPECT_EQ(name(Rule::wrong_password), "wrong_password");
    EXPECT_EQ(name(Rule::name_input), "name_input");
    EXPECT_EQ(find_rule("registration_closed"), Rule::registration_closed);
    EXPECT_EQ(find_rule("scope read"), Rule::none);
    EXPECT_EQ(describe(static_cast<Rule>(63)), describe(Rule::none));
}

}  // namespace
}  // namespace cardea::audit
