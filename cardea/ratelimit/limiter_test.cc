// SPDX-License-Identifier: Apache-2.0
// What every Limiter must do, wherever it keeps its states: another one adds its factory to the list below.
#include "cardea/ratelimit/limiter.h"

#include "cardea/base/random.h"
#include "cardea/ratelimit/memory_limiter.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace cardea::ratelimit {
namespace {

constexpr Time start(std::chrono::seconds(1'700'000'000));

struct Backend {
    std::string name;
    std::function<std::unique_ptr<Limiter>(Quota)> make;
};

std::unique_ptr<Limiter> make_memory_limiter(Quota quota) {
    FakeRandom random;
    return std::make_unique<MemoryLimiter>(random.secret<16>(), std::move(quota));
}

class LimiterTest : public ::testing::TestWithParam<std::tuple<Backend, Strategy>> {
 protected:
    std::unique_ptr<Limiter> make(std::string_view quota) {
        const auto& [backend, strategy] = GetParam();
        return backend.make(Quota::parse(quota, strategy).value());
    }

    const std::string ada_ = make_key("account", "ada");
    const std::string bob_ = make_key("account", "bob");
};

TEST_P(LimiterTest, counts_every_key_for_itself) {
    const auto limiter = make("3/minute");
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(limiter->take(ada_, start)->allowed);
    }

    EXPECT_FALSE(limiter->take(ada_, start)->allowed);
    EXPECT_FALSE(limiter->peek(ada_, start)->allowed);
    EXPECT_EQ(limiter->peek(bob_, start)->remaining, 3U);
    EXPECT_EQ(limiter->peek(make_key("address", "ada"), start)->remaining, 3U);
    EXPECT_TRUE(limiter->take(ada_, start + std::chrono::minutes(2))->allowed);
}

TEST_P(LimiterTest, takes_nothing_where_one_of_its_limits_refuses) {
    const auto limiter = make("1/minute; 2/day");
    EXPECT_TRUE(limiter->take(ada_, start)->allowed);
    for (int i = 0; i < 10; ++i) {
        EXPECT_FALSE(limiter->take(ada_, start)->allowed);
    }

    EXPECT_TRUE(limiter->take(ada_, start + std::chrono::minutes(2))->allowed);
}

TEST_P(LimiterTest, counts_only_failures_when_successes_are_given_back) {
    const auto limiter = make("3/minute");
    for (int i = 0; i < 100; ++i) {
        EXPECT_TRUE(limiter->take(ada_, start)->allowed);
        EXPECT_TRUE(limiter->give_back(ada_, start));
    }
    EXPECT_TRUE(limiter->give_back(make_key("account", "never seen"), start));

    EXPECT_EQ(limiter->peek(ada_, start)->remaining, 3U);
}

TEST_P(LimiterTest, resets_a_key) {
    const auto limiter = make("3/minute");
    while (limiter->take(ada_, start)->allowed) {
    }

    EXPECT_TRUE(limiter->reset(ada_));
    EXPECT_TRUE(limiter->reset(make_key("account", "never seen")));

    EXPECT_EQ(limiter->peek(ada_, start)->remaining, 3U);
}

TEST_P(LimiterTest, lets_through_exactly_the_count_from_two_threads) {
    const auto limiter = make("1000/hour");
    std::atomic<int> allowed = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 2; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 1000; ++i) {
                    allowed += limiter->take(ada_, start)->allowed ? 1 : 0;
                }
            });
        }
    }

    EXPECT_EQ(allowed, 1000);
}

INSTANTIATE_TEST_SUITE_P(
    Memory,
    LimiterTest,
    ::testing::Combine(
        ::testing::Values(Backend{"memory", make_memory_limiter}),
        ::testing::Values(
            Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window
        )
    )
);

TEST(LimiterKey, keeps_kinds_apart) {
    EXPECT_NE(make_key("a", "bc"), make_key("ab", "c"));
    EXPECT_EQ(make_key("account", "ada"), make_key("account", "ada"));
}

TEST(LimiterKey, is_one_for_all_addresses_of_an_ipv6_network) {
    const auto key = [](std::string_view text, unsigned prefix) {
        return make_key("address", http::parse_address(text).value(), prefix);
    };

    EXPECT_EQ(key("2001:db8:1:2::3", 64), key("2001:db8:1:2:ffff::9", 64));
    EXPECT_NE(key("2001:db8:1:2::3", 64), key("2001:db8:1:3::3", 64));
    EXPECT_EQ(key("2001:db8:1:2::3", 48), key("2001:db8:1:3::3", 48));
    EXPECT_EQ(key("::ffff:192.0.2.1", 64), key("192.0.2.1", 64));
    EXPECT_NE(key("192.0.2.1", 64), key("192.0.2.2", 64));
}

}  // namespace
}  // namespace cardea::ratelimit
