// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/gcra.h"

#include <gtest/gtest.h>

namespace cardea::ratelimit {
namespace {

using std::chrono::seconds;

constexpr Time start(seconds(1'700'000'000));
constexpr Limit six_a_minute{.count = 6, .period = std::chrono::minutes(1), .burst = 3};

TEST(Gcra, allows_a_burst_and_then_the_rate) {
    GcraState state;

    for (const std::uint32_t remaining : {2U, 1U, 0U}) {
        const Decision decision = gcra(state, start, six_a_minute);
        EXPECT_TRUE(decision.allowed);
        EXPECT_EQ(decision.remaining, remaining);
        EXPECT_EQ(decision.retry_after, Duration(0));
        EXPECT_EQ(decision.reset, seconds(10 * (3 - remaining)));
    }
    EXPECT_FALSE(gcra(state, start, six_a_minute).allowed);
    EXPECT_FALSE(gcra(state, start + Duration(9'999), six_a_minute).allowed);
    EXPECT_TRUE(gcra(state, start + seconds(10), six_a_minute).allowed);
    EXPECT_FALSE(gcra(state, start + seconds(10), six_a_minute).allowed);
}

TEST(Gcra, says_how_long_to_wait) {
    GcraState state;
    for (int i = 0; i < 3; ++i) {
        std::ignore = gcra(state, start, six_a_minute);
    }

    const Decision refused = gcra(state, start + seconds(4), six_a_minute);

    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.remaining, 0U);
    EXPECT_EQ(refused.retry_after, seconds(6));
    EXPECT_EQ(refused.reset, seconds(26));
}

TEST(Gcra, is_not_prolonged_by_tries_that_were_refused) {
    GcraState state;
    for (int i = 0; i < 1000; ++i) {
        std::ignore = gcra(state, start, six_a_minute);
    }

    EXPECT_TRUE(gcra(state, start + seconds(10), six_a_minute).allowed);
}

TEST(Gcra, peeks_without_taking) {
    GcraState state;

    EXPECT_EQ(gcra_peek(state, start, six_a_minute).remaining, 3U);
    EXPECT_EQ(gcra_peek(state, start, six_a_minute).remaining, 3U);
    std::ignore = gcra(state, start, six_a_minute);
    EXPECT_EQ(gcra_peek(state, start, six_a_minute).remaining, 2U);
}

TEST(Gcra, survives_a_clock_that_is_set_back) {
    GcraState state;
    for (int i = 0; i < 3; ++i) {
        std::ignore = gcra(state, start, six_a_minute);
    }

    const Time before = start - std::chrono::days(365);

    EXPECT_EQ(gcra(state, before, six_a_minute).retry_after, seconds(10));
    EXPECT_EQ(gcra(state, before, six_a_minute).reset, seconds(30));
}

TEST(Gcra, keeps_within_its_range_at_the_largest_limit) {
    constexpr Limit largest{.count = 1, .period = std::chrono::days(31), .burst = 1'000'000};
    GcraState state;

    EXPECT_EQ(gcra(state, start, largest).remaining, 999'999U);
    EXPECT_EQ(gcra(state, start, largest).reset, std::chrono::days(62));
}

TEST(Limit, is_read_from_text) {
    EXPECT_EQ(parse_limit("10/1m").value(), (Limit{10, std::chrono::minutes(1), 10}));
    EXPECT_EQ(parse_limit("100/24h burst 5").value(), (Limit{100, std::chrono::hours(24), 5}));
    EXPECT_EQ(parse_limit("1/30s").value(), (Limit{1, seconds(30), 1}));
    EXPECT_EQ(parse_limit("1000000/31d").value(), (Limit{1'000'000, std::chrono::days(31), 1'000'000}));
}

TEST(Limit, is_refused_when_it_is_not_understood) {
    for (const std::string_view wrong :
         {"",       "5",     "5/min",      "5/1min", "5/m",           "0/1m",         "05/1m",
          "5/0m",   "-5/1m", "5/1m ",      " 5/1m",  "5/1m burst",    "5/1m burst 0", "5/1m burst 5 ",
          "5 / 1m", "5/1w",  "1000001/1m", "5/32d",  "5/4294967296s", "5.5/1m"}) {
        const Result<Limit> limit = parse_limit(wrong);
        ASSERT_FALSE(limit) << wrong;
        EXPECT_EQ(limit.error().code, Errc::config);
    }
}

}  // namespace
}  // namespace cardea::ratelimit
