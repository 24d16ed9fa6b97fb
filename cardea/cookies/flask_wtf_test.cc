// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/flask_wtf.h"

#include "cardea/base/hex.h"
#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;
using testing::secrets;

TEST(FlaskWtfToken, agrees_with_flask_wtf) {
    const FlaskWtfToken tokens(secrets("0123456789abcdef0123456789abcdef"));
    const std::string_view value = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    const std::string_view token =
        "ImRhMzlhM2VlNWU2YjRiMGQzMjU1YmZlZjk1NjAxODkwYWZkODA3MDki.ZVPxAA.1v0y5UBgEUSZnh6S-8s3nahNnuc";

    EXPECT_EQ(tokens.make(value, now), token);
    EXPECT_TRUE(tokens.verify(value, token, now));
}

TEST(FlaskWtfToken, is_refused_in_flask_wtfs_own_words) {
    const FlaskWtfToken tokens(secrets("0123456789abcdef0123456789abcdef"));
    const std::string token = tokens.make("value", now);
    const auto reason = [&](std::string_view value, std::string_view presented, Time at) {
        const Result<> verified = tokens.verify(value, presented, at);
        EXPECT_EQ(verified.error().code, Errc::csrf_rejected);
        return verified.error().context;
    };

    EXPECT_EQ(reason("value", "", now), "The CSRF token is missing.");
    EXPECT_EQ(reason("", token, now), "The CSRF session token is missing.");
    EXPECT_EQ(reason("value", token, now + seconds(3601)), "The CSRF token has expired.");
    EXPECT_EQ(reason("value", token + "A", now), "The CSRF token is invalid.");
    EXPECT_EQ(reason("other", token, now), "The CSRF tokens do not match.");
    EXPECT_TRUE(tokens.verify("value", token, now + std::chrono::years(1), std::nullopt));
}

TEST(FlaskWtfToken, makes_values_as_long_as_flask_wtfs) {
    FakeRandom random;
    const std::string value = FlaskWtfToken::make_session_value(random);

    EXPECT_EQ(value.size(), 40U);
    EXPECT_TRUE(hex_decode(value));
}

}  // namespace
}  // namespace cardea::cookies
