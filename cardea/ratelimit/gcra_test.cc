// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/quota.h"

#include <gtest/gtest.h>

#include <vector>

namespace cardea::ratelimit {
namespace {

using std::chrono::seconds;

constexpr Time start(seconds(1'700'000'000));

class Gcra : public ::testing::Test {
 protected:
    Decision take(Time now) { return quota_.take(state_, now); }

    Quota quota_{Limit{.count = 6, .period = std::chrono::minutes(1), .burst = 3}};
    std::vector<std::int64_t> state_ = std::vector<std::int64_t>(quota_.state_size());
};

TEST_F(Gcra, allows_a_burst_and_then_the_rate) {
    for (const std::uint32_t remaining : {2U, 1U, 0U}) {
        const Decision decision = take(start);
        EXPECT_TRUE(decision.allowed);
        EXPECT_EQ(decision.remaining, remaining);
        EXPECT_EQ(decision.retry_after, Duration(0));
        EXPECT_EQ(decision.reset, seconds(10 * (3 - remaining)));
    }
    EXPECT_FALSE(take(start).allowed);
    EXPECT_FALSE(take(start + Duration(9'999)).allowed);
    EXPECT_TRUE(take(start + seconds(10)).allowed);
    EXPECT_FALSE(take(start + seconds(10)).allowed);
}

TEST_F(Gcra, says_how_long_to_wait) {
    for (int i = 0; i < 3; ++i) {
        std::ignore = take(start);
    }

    const Decision refused = take(start + seconds(4));

    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.remaining, 0U);
    EXPECT_EQ(refused.retry_after, seconds(6));
    EXPECT_EQ(refused.reset, seconds(26));
}

TEST_F(Gcra, is_not_prolonged_by_tries_that_were_refused) {
    for (int i = 0; i < 1000; ++i) {
        std::ignore = take(start);
    }

    EXPECT_TRUE(take(start + seconds(10)).allowed);
}

TEST_F(Gcra, needs_one_number_which_is_nothing_for_a_full_bucket) {
    EXPECT_EQ(state_.size(), 1U);
    std::ignore = take(start);
    EXPECT_NE(state_[0], 0);

    quota_.give_back(state_, start);

    EXPECT_EQ(state_[0], 0);
}

TEST_F(Gcra, bursts_as_often_as_it_counts_unless_told_otherwise) {
    const Quota plain(Limit{.count = 5, .period = std::chrono::minutes(1)});
    std::vector<std::int64_t> state(plain.state_size());

    EXPECT_EQ(plain.take(state, start).remaining, 4U);
}

TEST_F(Gcra, keeps_within_its_range_at_the_largest_limits) {
    for (const Limit& largest :
         {Limit{1, longest_period, 1},
          Limit{max_count, longest_period, max_count},
          Limit{max_count, Duration(1), max_count}}) {
        const Quota quota = Quota::make({largest}, Strategy::gcra).value();
        std::vector<std::int64_t> state(quota.state_size());

        EXPECT_EQ(quota.take(state, start).remaining, largest.burst - 1);
        EXPECT_LE(quota.peek(state, start).reset, longest_period);
    }
}

}  // namespace
}  // namespace cardea::ratelimit
