// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/memory_limiter.h"

#include "cardea/base/random.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace cardea::ratelimit {
namespace {

constexpr Time start(std::chrono::seconds(1'700'000'000));
constexpr Limit three{.count = 6, .period = std::chrono::minutes(1), .burst = 3};

SecretBytes<16> hash_key(std::uint64_t seed = 1) {
    FakeRandom random(seed);
    return random.secret<16>();
}

TEST(MemoryLimiter, counts_every_key_for_itself) {
    MemoryLimiter limiter(hash_key());
    const Key ada = limiter.key("account", "ada");
    const Key bob = limiter.key("account", "bob");

    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(limiter.take(ada, three, start).allowed);
    }

    EXPECT_FALSE(limiter.take(ada, three, start).allowed);
    EXPECT_FALSE(limiter.peek(ada, three, start).allowed);
    EXPECT_EQ(limiter.peek(bob, three, start).remaining, 3U);
    EXPECT_EQ(limiter.peek(limiter.key("address", "ada"), three, start).remaining, 3U);
    EXPECT_TRUE(limiter.take(ada, three, start + std::chrono::seconds(10)).allowed);
}

TEST(MemoryLimiter, forgets_a_key) {
    MemoryLimiter limiter(hash_key());
    const Key ada = limiter.key("account", "ada");
    std::ignore = limiter.take(ada, three, start);

    limiter.forget(ada);
    limiter.forget(limiter.key("account", "never seen"));

    EXPECT_EQ(limiter.peek(ada, three, start).remaining, 3U);
}

TEST(MemoryLimiter, makes_keys_that_nobody_outside_can_guess) {
    const MemoryLimiter one(hash_key(1));
    const MemoryLimiter two(hash_key(2));

    EXPECT_NE(one.key("account", "ada").place, two.key("account", "ada").place);
    EXPECT_NE(one.key("account", "ada").tag, one.key("account", "adb").tag);
    EXPECT_NE(one.key("a", "bc").tag, one.key("ab", "c").tag);
}

TEST(MemoryLimiter, keeps_refusing_a_key_through_a_flood_of_others) {
    MemoryLimiter limiter(hash_key(), 1024);
    const Key victim = limiter.key("account", "ada");
    while (limiter.take(victim, three, start).allowed) {
    }

    for (int i = 0; i < 100'000; ++i) {
        EXPECT_TRUE(limiter.take(limiter.key("address", std::to_string(i)), three, start).allowed);
    }

    EXPECT_FALSE(limiter.peek(victim, three, start).allowed);
    EXPECT_GT(limiter.evicted(), 90'000U);
}

TEST(MemoryLimiter, gives_the_place_of_a_full_bucket_away_first) {
    MemoryLimiter limiter(hash_key(), 64);
    for (int i = 0; i < 1000; ++i) {
        std::ignore = limiter.take(limiter.key("address", std::to_string(i)), three, start);
    }
    const std::uint64_t before = limiter.evicted();

    const Time later = start + std::chrono::minutes(1);
    for (int i = 0; i < 8; ++i) {
        std::ignore = limiter.take(limiter.key("other", std::to_string(i)), three, later);
    }

    EXPECT_EQ(limiter.evicted(), before);
}

TEST(MemoryLimiter, lets_through_exactly_the_burst_from_many_threads) {
    MemoryLimiter limiter(hash_key());
    const Key key = limiter.key("account", "ada");
    constexpr Limit limit{.count = 1, .period = std::chrono::hours(1), .burst = 1000};
    std::atomic<int> allowed = 0;

    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i) {
                allowed += limiter.take(key, limit, start).allowed ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }

    EXPECT_EQ(allowed, 1000);
}

}  // namespace
}  // namespace cardea::ratelimit
