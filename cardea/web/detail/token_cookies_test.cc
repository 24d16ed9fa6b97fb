// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/token_cookies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using ::testing::HasSubstr;

TokenPair pair_of(std::size_t access_bytes) {
    TokenPair pair;
    pair.access = std::string(access_bytes, 'a');
    pair.refresh = SecretText("refresh");
    pair.expires_in = std::chrono::minutes(15);
    return pair;
}

class TokenCookieSize : public ::testing::Test {
 protected:
    Result<> put(std::size_t access_bytes) {
        return cookies_.put(response_, pair_of(access_bytes), std::chrono::hours(1));
    }

    TokenCookies cookies_ =
        TokenCookies::make("token", http::parse_origin("https://example.com").value()).value();
    http::Response response_;
};

TEST_F(TokenCookieSize, is_what_browsers_keep) {
    EXPECT_TRUE(put(3000).has_value());

    EXPECT_THAT(response_.header_lines(), HasSubstr("Set-Cookie: __Host-token=aaa"));
    EXPECT_THAT(response_.header_lines(), HasSubstr("Set-Cookie: __Host-token_refresh=refresh"));
}

TEST_F(TokenCookieSize, is_refused_beyond_that_and_neither_cookie_set) {
    const Result<> refused = put(4096);

    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Errc::too_large);
    EXPECT_THAT(refused.error().context, HasSubstr("__Host-token would have 4096 bytes"));
    EXPECT_EQ(response_.header_lines(), "");
}

}  // namespace
}  // namespace cardea::web
