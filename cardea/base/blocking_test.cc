// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/blocking.h"

#include "cardea/base/result.h"
#include "cardea/base/worker_pool.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace cardea {
namespace {

Task<int> give(int number) {
    co_return number;
}

Task<std::unique_ptr<int>> give_owned(int number) {
    co_return std::make_unique<int>(number);
}

Task<int> throw_something() {
    throw std::runtime_error("a bug");
    co_return 0;
}

Task<> set(int& number) {
    number = 1;
    co_return;
}

TEST(BlockOn, returns_what_the_task_returned) {
    EXPECT_EQ(block_on(give(7)), 7);
    EXPECT_EQ(*block_on(give_owned(7)), 7);
}

TEST(BlockOn, runs_a_task_without_a_value) {
    int number = 0;

    block_on(set(number));

    EXPECT_EQ(number, 1);
}

TEST(BlockOn, throws_what_the_task_threw) {
    EXPECT_THROW(std::ignore = block_on(throw_something()), std::runtime_error);
}

TEST(BlockOn, waits_for_other_threads_on_many_threads_at_once) {
    WorkerPool pool({.name = "test", .threads = 2, .queue_limit = 100});
    std::vector<int> answers(8);
    {
        std::vector<std::jthread> threads;
        for (int number = 0; number < 8; ++number) {
            threads.emplace_back([&, number] {
                const auto work = [number] { return Result<int>(number * number); };
                answers[static_cast<std::size_t>(number)] = block_on(pool.run(work)).value();
            });
        }
    }

    EXPECT_EQ(answers, (std::vector<int>{0, 1, 4, 9, 16, 25, 36, 49}));
}

}  // namespace
}  // namespace cardea
