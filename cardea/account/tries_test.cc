// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/tries.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Time start{seconds(1'700'000'000)};

TriesKey key(std::uint32_t number) {
    TriesKey out{};
    for (unsigned i = 0; i < 4; ++i) {
        out[i] = static_cast<std::uint8_t>(number >> (8 * i));
        out[8 + i] = out[i];
    }
    return out;
}

std::int64_t count_of(TriesTable& table, const TriesKey& bucket) {
    std::int64_t count = 0;
    table.update(bucket, [&](Tries& tries) { count = tries.count; });
    return count;
}

TEST(DelayAfter, five_tries_are_free_then_it_doubles_up_to_15_minutes) {
    const GuessPolicy policy;
    const Duration expected[] = {
        seconds(0), seconds(0), seconds(0), seconds(0), seconds(0), seconds(1), seconds(2), seconds(4)
    };

    for (std::int64_t count = 0; count < 8; ++count) {
        EXPECT_EQ(delay_after(count, policy), expected[count]) << count;
    }
    EXPECT_EQ(delay_after(14, policy), seconds(512));
    EXPECT_EQ(delay_after(15, policy), minutes(15));
    EXPECT_EQ(delay_after(INT64_MAX, policy), minutes(15));
}

TEST(WaitBefore, counts_from_the_last_try) {
    const GuessPolicy policy;
    const Tries tries{7, start};

    EXPECT_EQ(wait_before(tries, policy, start), seconds(4));
    EXPECT_EQ(wait_before(tries, policy, start + seconds(3)), seconds(1));
    EXPECT_EQ(wait_before(tries, policy, start + seconds(4)), seconds(0));
    EXPECT_EQ(wait_before(tries, policy, start + minutes(60)), seconds(0));
}

TEST(WaitBefore, is_never_longer_than_the_delay_though_the_clock_went_back) {
    const GuessPolicy policy;
    const Tries tries{7, start + minutes(120)};

    EXPECT_EQ(wait_before(tries, policy, start), seconds(4));
}

TEST(TriesTable, remembers_and_forgets) {
    TriesTable table(64);
    table.update(key(1), [](Tries& tries) { tries.count = 3; });

    EXPECT_EQ(count_of(table, key(1)), 3);
    EXPECT_EQ(count_of(table, key(2)), 0);
    table.forget(key(1));
    EXPECT_EQ(count_of(table, key(1)), 0);
}

TEST(TriesTable, a_flood_of_names_does_not_push_out_a_bucket_with_many_tries) {
    TriesTable table(64);
    table.update(key(1), [](Tries& tries) { tries = {6, start}; });

    for (std::uint32_t i = 2; i < 10'000; ++i) {
        table.update(key(i), [&](Tries& tries) { tries = {1, start + seconds(i)}; });
    }

    EXPECT_EQ(count_of(table, key(1)), 6);
}

}  // namespace
}  // namespace cardea::account
