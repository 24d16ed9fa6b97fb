// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/quota.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace cardea::ratelimit {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

constexpr Time start(seconds(1'700'000'000));

/// A quota and the state of one key.
class OneKey {
 public:
    explicit OneKey(std::string_view text, Strategy strategy)
        : quota_(Quota::parse(text, strategy).value()), state_(quota_.state_size()) {}

    Decision take(Time now) { return quota_.take(state_, now); }
    [[nodiscard]] Decision peek(Time now) const { return quota_.peek(state_, now); }
    void give_back(Time now) { quota_.give_back(state_, now); }
    [[nodiscard]] Duration idle_after(Time now) const { return quota_.idle_after(state_, now); }
    int take_all(Time now) {
        int taken = 0;
        while (take(now).allowed) {
            ++taken;
        }
        return taken;
    }

 private:
    Quota quota_;
    std::vector<std::int64_t> state_;
};

TEST(FixedWindow, begins_with_the_first_and_is_not_prolonged) {
    OneKey key("3/minute", Strategy::fixed_window);
    EXPECT_EQ(key.take(start).remaining, 2U);
    EXPECT_EQ(key.take_all(start + seconds(59)), 2);

    const Decision refused = key.take(start + seconds(59));

    EXPECT_EQ(refused.retry_after, seconds(1));
    EXPECT_EQ(refused.reset, seconds(1));
    EXPECT_EQ(key.take_all(start + seconds(60)), 3);  // twice as many within two seconds: that is its nature
    EXPECT_EQ(key.take(start + seconds(60)).retry_after, seconds(60));
}

TEST(MovingWindow, allows_exactly_its_count_in_any_period) {
    OneKey key("3/minute", Strategy::moving_window);
    EXPECT_TRUE(key.take(start).allowed);
    EXPECT_EQ(key.take_all(start + seconds(59)), 2);

    EXPECT_EQ(key.take(start + seconds(59)).retry_after, seconds(1));
    EXPECT_EQ(key.take_all(start + seconds(60)), 1);
    EXPECT_EQ(key.take(start + seconds(60)).retry_after, seconds(59));
    EXPECT_EQ(key.peek(start + seconds(60)).reset, seconds(60));
    EXPECT_EQ(key.peek(start + seconds(119)).remaining, 2U);
}

TEST(SlidingCounter, weighs_the_window_before) {
    OneKey key("10/minute", Strategy::sliding_counter);
    EXPECT_EQ(key.take_all(start), 10);

    EXPECT_EQ(key.take(start + seconds(30)).retry_after, seconds(36));  // to where a tenth has slid out
    EXPECT_EQ(key.peek(start + seconds(66)).remaining, 1U);
    EXPECT_EQ(key.take_all(start + seconds(90)), 5);  // half of the ten still weigh
    EXPECT_EQ(key.peek(start + seconds(90)).reset, seconds(90));
    EXPECT_EQ(key.peek(start + seconds(180)).remaining, 10U);
}

TEST(Quota, peeks_without_taking) {
    for (const Strategy strategy :
         {Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window}) {
        OneKey key("3/minute", strategy);

        EXPECT_EQ(key.peek(start).remaining, 3U);
        EXPECT_EQ(key.peek(start).remaining, 3U);
        std::ignore = key.take(start);
        EXPECT_EQ(key.peek(start).remaining, 2U);
    }
}

TEST(Quota, takes_nothing_where_one_of_its_limits_refuses) {
    for (const Strategy strategy :
         {Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window}) {
        OneKey key("2/minute; 5/hour", strategy);
        EXPECT_EQ(key.take_all(start), 2);
        for (int i = 0; i < 100; ++i) {
            EXPECT_FALSE(key.take(start).allowed);
        }

        EXPECT_EQ(key.take_all(start + seconds(200)), 2) << "the hour has three left";
        EXPECT_EQ(key.take_all(start + seconds(400)), 1);
    }
}

TEST(Quota, says_which_limit_is_nearest_to_its_end) {
    OneKey key("2/minute; 3/hour", Strategy::fixed_window);

    EXPECT_EQ(key.take(start).limit, 0U);
    EXPECT_EQ(key.take(start).limit, 0U);
    EXPECT_EQ(key.take(start).retry_after, seconds(60));
    EXPECT_EQ(key.take(start + seconds(60)).limit, 1U);
    const Decision refused = key.take(start + seconds(60));
    EXPECT_EQ(refused.limit, 1U);
    EXPECT_EQ(refused.retry_after, seconds(3540));
}

TEST(Quota, gives_back_what_was_taken) {
    for (const Strategy strategy :
         {Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window}) {
        OneKey key("3/minute; 100/day", strategy);
        for (int i = 0; i < 1000; ++i) {
            EXPECT_TRUE(key.take(start).allowed);
            key.give_back(start);
        }
        EXPECT_EQ(key.idle_after(start), Duration(0));

        key.give_back(start);  // more than was taken

        EXPECT_EQ(key.take_all(start), 3);
    }
}

TEST(Quota, of_zero_allows_nothing) {
    for (const Strategy strategy :
         {Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window}) {
        OneKey key("0/minute; 5/hour", strategy);

        const Decision refused = key.take(start);

        EXPECT_FALSE(refused.allowed);
        EXPECT_EQ(refused.remaining, 0U);
        EXPECT_EQ(refused.retry_after, seconds(60));
        EXPECT_EQ(key.idle_after(start), Duration(0));
        key.give_back(start);
    }
}

TEST(Quota, survives_a_clock_that_is_set_back) {
    for (const Strategy strategy :
         {Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window}) {
        OneKey key("3/minute", strategy);
        EXPECT_EQ(key.take_all(start), 3);
        const Time before = start - std::chrono::days(365);

        const Decision refused = key.take(before);

        EXPECT_FALSE(refused.allowed);
        EXPECT_LE(refused.retry_after, seconds(120));
        EXPECT_LE(refused.reset, seconds(120));
        EXPECT_TRUE(key.take(before + refused.retry_after).allowed) << "and not only after a year";
    }
}

TEST(Quota, is_idle_when_nothing_counts_any_more) {
    for (const Strategy strategy :
         {Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window}) {
        OneKey key("3/minute; 10/hour", strategy);
        std::ignore = key.take(start);

        const Duration idle = key.idle_after(start);

        EXPECT_GE(idle, seconds(360));
        EXPECT_LE(idle, seconds(7200));
        EXPECT_EQ(key.idle_after(start + idle), Duration(0));
        EXPECT_GT(key.idle_after(start + idle - Duration(1)), Duration(0));
    }
}

TEST(Quota, says_how_far_it_is_used_up) {
    for (const Strategy strategy :
         {Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window}) {
        const Quota quota = Quota::parse("4/minute; 10/hour", strategy).value();
        std::vector<std::int64_t> state(quota.state_size());
        EXPECT_EQ(quota.used(state, start), 0U);
        std::ignore = quota.take(state, start);

        EXPECT_EQ(quota.used(state, start), 250'000U);
        EXPECT_EQ(quota.used(state, start + std::chrono::minutes(2)), 100'000U) << "of the hour";
        EXPECT_EQ(quota.used(state, start + std::chrono::hours(2)), 0U);
    }
}

TEST(Quota, remembers_as_little_as_its_strategy_needs) {
    EXPECT_EQ(Quota::parse("5/minute; 100/day", Strategy::gcra)->state_size(), 2U);
    EXPECT_EQ(Quota::parse("5/minute; 100/day", Strategy::fixed_window)->state_size(), 4U);
    EXPECT_EQ(Quota::parse("5/minute; 100/day", Strategy::sliding_counter)->state_size(), 6U);
    EXPECT_EQ(Quota::parse("5/minute; 100/day", Strategy::moving_window)->state_size(), 107U);
}

TEST(Quota, is_refused_with_a_sentence_where_it_cannot_hold) {
    EXPECT_THAT(Quota::parse("5/min").error().context, HasSubstr("are written like"));
    EXPECT_THAT(
        Quota::parse("6/minute burst 3", Strategy::fixed_window).error().context, HasSubstr("gcra only")
    );
    EXPECT_THAT(
        Quota::parse("10001/day", Strategy::moving_window).error().context, HasSubstr("sliding counter")
    );
    EXPECT_THAT(Quota::make({}, Strategy::gcra).error().context, HasSubstr("one to 8 limits"));
    EXPECT_EQ(Quota::make({Limit{1, Duration(0)}}, Strategy::gcra).error().code, Errc::config);
}

}  // namespace
}  // namespace cardea::ratelimit
