// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/token.h"

#include "cardea/base/hex.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace cardea::session {

namespace {

const std::string zero_text(43, 'A');
constexpr std::string_view zero_hash = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925";

}  // namespace

TEST(SessionToken, is_43_characters_that_parse_to_the_same_token) {
    FakeRandom random;
    const SessionToken token = SessionToken::make(random);

    const Result<SessionToken> parsed = SessionToken::parse(token.text().expose());

    EXPECT_EQ(token.text().size(), SessionToken::text_size);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->hash(), token.hash());
}

TEST(SessionToken, differs_from_the_next_one) {
    FakeRandom random;
    const TokenHash first = SessionToken::make(random).hash();

    EXPECT_NE(SessionToken::make(random).hash(), first);
}

TEST(SessionToken, is_stored_as_sha256_of_its_bytes) {
    const Result<SessionToken> token = SessionToken::parse(zero_text);

    ASSERT_TRUE(token);
    EXPECT_EQ(hex_encode(token->hash()), zero_hash);
}

TEST(SessionToken, refuses_every_text_but_the_canonical_one) {
    const std::string tail(42, 'A');
    for (const std::string& text :
         {std::string(),
          std::string(42, 'A'),
          std::string(44, 'A'),
          zero_text + "=",
          " " + tail,
          tail + "B",  // sets bits beyond the 256
          tail + "+",
          tail + "/",
          tail + std::string(1, '\0'),
          tail + "\xC3"}) {
        const Result<SessionToken> token = SessionToken::parse(text);
        ASSERT_FALSE(token) << text;
        EXPECT_EQ(token.error().code, Errc::malformed);
    }
}

TEST(SessionToken, leaves_nothing_behind_when_it_is_moved) {
    FakeRandom random;
    SessionToken token = SessionToken::make(random);
    SessionToken assigned = SessionToken::make(random);
    const TokenHash hash = token.hash();

    SessionToken moved = std::move(token);
    EXPECT_EQ(moved.hash(), hash);
    assigned = std::move(moved);

    EXPECT_EQ(assigned.hash(), hash);
    EXPECT_EQ(hex_encode(token.hash()), zero_hash);  // NOLINT(bugprone-use-after-move): that is the question
    EXPECT_EQ(hex_encode(moved.hash()), zero_hash);  // NOLINT(bugprone-use-after-move)
}

}  // namespace cardea::session
