// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/buffer_budget.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace cardea::net::detail {
namespace {

TEST(BufferBudget, gives_to_the_last_byte_and_no_further) {
    BufferBudget budget(100);
    BufferShare first(budget);
    BufferShare second(budget);

    EXPECT_TRUE(first.grow_to(60));
    EXPECT_FALSE(second.grow_to(41));
    EXPECT_TRUE(second.grow_to(40));
    EXPECT_FALSE(first.grow_to(61));
    EXPECT_EQ(budget.taken(), 100U);
}

TEST(BufferBudget, takes_only_what_a_share_grows_by) {
    BufferBudget budget(100);
    BufferShare share(budget);

    EXPECT_TRUE(share.grow_to(60));
    EXPECT_TRUE(share.grow_to(10));
    EXPECT_TRUE(share.grow_to(100));
    EXPECT_EQ(budget.taken(), 100U);
    EXPECT_FALSE(share.is_empty());
}

TEST(BufferBudget, has_all_back_at_the_end_of_a_share) {
    BufferBudget budget(100);
    {
        BufferShare share(budget);
        EXPECT_TRUE(share.grow_to(100));
        share.release();
        EXPECT_TRUE(share.is_empty());
        EXPECT_EQ(budget.taken(), 0U);
        EXPECT_TRUE(share.grow_to(70));
    }
    EXPECT_EQ(budget.taken(), 0U);
}

TEST(BufferBudget, is_scarce_past_its_half) {
    BufferBudget budget(100);
    BufferShare share(budget);

    EXPECT_TRUE(share.grow_to(50));
    EXPECT_FALSE(budget.is_scarce());
    EXPECT_TRUE(share.grow_to(51));
    EXPECT_TRUE(budget.is_scarce());
}

/// Whether no share that it got made the sum larger than `limit`.
bool stays_below(std::size_t limit, BufferBudget& budget, std::size_t bytes) {
    bool is_below = true;
    for (int i = 0; i < 10'000; ++i) {
        BufferShare share(budget);
        is_below = is_below && (!share.grow_to(bytes) || budget.taken() <= limit);
    }
    return is_below;
}

TEST(BufferBudget, never_gives_more_than_it_has_to_many_threads) {
    BufferBudget budget(1000);
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < 4; ++i) {
            threads.emplace_back([&budget, &right, i] { right += stays_below(1000, budget, 300 + i); });
        }
    }
    EXPECT_EQ(right, 4);
    EXPECT_EQ(budget.taken(), 0U);
}

}  // namespace
}  // namespace cardea::net::detail
