// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/memory_limiter.h"

#include "cardea/base/random.h"

#include <gtest/gtest.h>

#include <string>

namespace cardea::ratelimit {
namespace {

constexpr Time start(std::chrono::seconds(1'700'000'000));

SecretBytes<16> hash_key(std::uint64_t seed = 1) {
    FakeRandom random(seed);
    return random.secret<16>();
}

Quota three(Strategy strategy = Strategy::gcra) {
    return Quota::parse("3/minute", strategy).value();
}

class MemoryLimiterTest : public ::testing::TestWithParam<Strategy> {};

TEST_P(MemoryLimiterTest, keeps_refusing_a_key_through_a_flood_of_others) {
    MemoryLimiter limiter(hash_key(), three(GetParam()), 1024);
    const std::size_t memory = limiter.memory();
    const std::string victim = make_key("account", "ada");
    while (limiter.take(victim, start)->allowed) {
    }

    for (int i = 0; i < 10'000; ++i) {
        EXPECT_TRUE(limiter.take(make_key("address", std::to_string(i)), start + Duration(i))->allowed);
    }

    EXPECT_GT(limiter.evicted(), 8'000U);
    EXPECT_EQ(limiter.memory(), memory);
    EXPECT_FALSE(limiter.peek(victim, start)->allowed);
}

TEST_P(MemoryLimiterTest, gives_the_place_of_an_idle_key_away_first) {
    MemoryLimiter limiter(hash_key(), three(GetParam()), 64);
    for (int i = 0; i < 1000; ++i) {
        std::ignore = limiter.take(make_key("address", std::to_string(i)), start);
    }
    const std::uint64_t before = limiter.evicted();

    const Time later = start + std::chrono::minutes(2);
    for (int i = 0; i < 8; ++i) {
        std::ignore = limiter.take(make_key("other", std::to_string(i)), later);
    }

    EXPECT_EQ(limiter.evicted(), before);
}

INSTANTIATE_TEST_SUITE_P(
    Strategies,
    MemoryLimiterTest,
    ::testing::Values(
        Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window
    )
);

/// Which of many keys are still known when there is no room for all.
std::string survivors(std::uint64_t seed) {
    MemoryLimiter limiter(hash_key(seed), three(), 64);
    std::string known;
    for (int i = 0; i < 256; ++i) {
        std::ignore = limiter.take(std::to_string(i), start);
    }
    for (int i = 0; i < 256; ++i) {
        known += limiter.peek(std::to_string(i), start)->remaining == 2 ? '1' : '0';
    }
    return known;
}

TEST(MemoryLimiter, places_keys_where_nobody_outside_can_guess) {
    EXPECT_EQ(survivors(1), survivors(1));
    EXPECT_NE(survivors(1), survivors(2));
}

TEST(MemoryLimiter, needs_the_memory_that_it_says) {
    EXPECT_EQ(MemoryLimiter(hash_key(), three(), 1000).memory(), 1024U * 16);
    EXPECT_EQ(MemoryLimiter(hash_key(), three(Strategy::moving_window), 1000).memory(), 1024U * 40);
}

}  // namespace
}  // namespace cardea::ratelimit
