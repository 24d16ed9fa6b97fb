// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/single_flight.h"

#include "cardea/base/result.h"
#include "cardea/base/worker_pool.h"
#include "tests/support/run_task.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>

namespace cardea {
namespace {

struct World {
    WorkerPool pool{{.threads = 1}};
    SingleFlight flight;
    std::atomic<int> worked = 0;
};

/// Whether it worked itself.
Task<bool> work_or_wait(World& world) {
    const std::optional<SingleFlight::Lead> lead = co_await world.flight.join();
    if (!lead) {
        co_return false;
    }
    auto job = [&world] { return Result<int>(++world.worked); };
    std::ignore = co_await world.pool.run(std::move(job));
    co_return true;
}

TEST(SingleFlight, lets_one_work_while_the_others_wait_for_its_end) {
    World world;
    std::vector<Task<bool>> callers;
    for (int i = 0; i < 10; ++i) {
        callers.push_back(work_or_wait(world));
    }

    const std::vector<bool> worked = testing::run_all(std::move(callers));

    EXPECT_EQ(std::ranges::count(worked, true), 1);
    EXPECT_EQ(world.worked, 1);
    EXPECT_FALSE(world.flight.is_under_way());
}

TEST(SingleFlight, starts_again_when_it_has_ended) {
    World world;

    EXPECT_TRUE(testing::run(work_or_wait(world)));
    EXPECT_TRUE(testing::run(work_or_wait(world)));

    EXPECT_EQ(world.worked, 2);
}

Task<bool> throw_after_joining(SingleFlight& flight) {
    const std::optional<SingleFlight::Lead> lead = co_await flight.join();
    throw std::runtime_error("on purpose");
    co_return lead.has_value();
}

TEST(SingleFlight, ends_when_the_work_throws) {
    SingleFlight flight;

    EXPECT_THROW(testing::run(throw_after_joining(flight)), std::runtime_error);

    EXPECT_FALSE(flight.is_under_way());
}

TEST(SingleFlight, wakes_callers_on_several_event_loops) {
    World world;
    std::atomic<int> ended = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 200; ++round) {
                testing::run(work_or_wait(world));
                ++ended;
            }
        });
    }
    threads.clear();

    EXPECT_EQ(ended, 800);
    EXPECT_GE(world.worked, 200);
}

}  // namespace
}  // namespace cardea
