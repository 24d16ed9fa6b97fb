// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/headers.h"

#include <gtest/gtest.h>

namespace cardea::ratelimit {
namespace {

Quota quota(std::string_view text, Strategy strategy = Strategy::gcra) {
    return Quota::parse(text, strategy).value();
}

TEST(RateLimitHeaders, say_what_holds) {
    EXPECT_EQ(rate_limit_policy("login", quota("5/minute")), R"("login";q=5;w=60)");
    EXPECT_EQ(
        rate_limit_policy("api", quota("5/minute; 100 per day", Strategy::moving_window)),
        R"("api-1";q=5;w=60, "api-2";q=100;w=86400)"
    );
    EXPECT_EQ(rate_limit_policy("never", quota("0/hour")), R"("never";q=0;w=3600)");
}

TEST(RateLimitHeaders, describe_a_bucket_by_what_it_gives_at_once) {
    EXPECT_EQ(rate_limit_policy("api", quota("60/minute burst 20")), R"("api";q=20;w=20)");
    EXPECT_EQ(rate_limit_policy("api", quota("7/minute burst 20")), R"("api";q=20;w=172)");
}

TEST(RateLimitHeaders, say_what_is_left) {
    const Quota one = quota("5/minute");
    const Decision allowed{.allowed = true, .remaining = 3, .retry_after = {}, .reset = Duration(23'001)};
    EXPECT_EQ(rate_limit("login", one, allowed), R"("login";r=3;t=24)");

    const Quota two = quota("5/minute; 100 per day");
    const Decision refused{
        .allowed = false, .retry_after = Duration(1), .reset = Duration(60'000), .limit = 1
    };
    EXPECT_EQ(rate_limit("api", two, refused), R"("api-2";r=0;t=1)");
}

TEST(RateLimitHeaders, quote_the_name) {
    EXPECT_EQ(rate_limit_policy(R"(a "b" \c)", quota("5/minute")), R"("a \"b\" \\c";q=5;w=60)");
}

TEST(RetryAfter, is_in_whole_seconds_and_never_zero) {
    EXPECT_EQ(retry_after({.retry_after = Duration(1'001)}), "2");
    EXPECT_EQ(retry_after({.retry_after = Duration(60'000)}), "60");
    EXPECT_EQ(retry_after({.retry_after = Duration(1)}), "1");
    EXPECT_EQ(retry_after({}), "1");
}

}  // namespace
}  // namespace cardea::ratelimit
