// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/worker_pool.h"

#include "tests/support/run_task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <latch>
#include <stdexcept>
#include <sys/resource.h>
#include <thread>

namespace cardea {
namespace {

Task<Result<int>> run_one(WorkerPool& pool, Result<int> (*function)()) {
    co_return co_await pool.run(function);
}

TEST(WorkerPool, runs_elsewhere_and_resumes_at_home) {
    WorkerPool pool({});
    const auto home = std::this_thread::get_id();
    const auto task = [](WorkerPool& workers) -> Task<std::pair<std::thread::id, std::thread::id>> {
        auto job = []() -> Result<std::thread::id> { return std::this_thread::get_id(); };
        const Result<std::thread::id> there = co_await workers.run(job);
        co_return std::make_pair(*there, std::this_thread::get_id());
    };

    const auto [there, after] = testing::run(task(pool));

    EXPECT_NE(there, home);
    EXPECT_EQ(after, home);
}

TEST(WorkerPool, passes_failures_and_exceptions) {
    WorkerPool pool({});

    const Result<int> failed = testing::run(run_one(pool, +[]() -> Result<int> { return fail(Errc::io); }));

    EXPECT_EQ(failed.error().code, Errc::io);
    Task<Result<int>> broken = run_one(pool, +[]() -> Result<int> { throw std::runtime_error("broken"); });
    EXPECT_THROW(std::ignore = testing::run(std::move(broken)), std::runtime_error);
}

TEST(WorkerPool, refuses_when_the_queue_is_full) {
    WorkerPool pool({.threads = 1, .queue_limit = 1});
    std::latch started(1);
    std::latch released(1);
    std::vector<Errc> refusals;
    int finished = 0;
    const auto task = [](WorkerPool& workers, std::latch& begin, std::latch& go) -> Task<Result<>> {
        auto job = [&begin, &go]() -> Result<> {
            begin.count_down();
            go.wait();
            return {};
        };
        co_return co_await workers.run(job);
    };
    const auto quick = [](WorkerPool& workers) -> Task<Result<>> {
        auto job = []() -> Result<> { return {}; };
        co_return co_await workers.run(job);
    };
    const auto note = [&](std::exception_ptr, const Result<>& result) {
        if (result) {
            ++finished;
        } else {
            refusals.push_back(result.error().code);
            released.count_down();
        }
    };
    boost::asio::io_context context(1);

    boost::asio::co_spawn(context, task(pool, started, released), note);
    context.poll();
    started.wait();  // the only thread is busy, so the next job waits and the one after that is refused
    EXPECT_EQ(pool.active(), 1U);
    boost::asio::co_spawn(context, quick(pool), note);
    boost::asio::co_spawn(context, quick(pool), note);
    context.run();

    EXPECT_EQ(finished, 2);
    EXPECT_EQ(refusals, std::vector{Errc::busy});
    EXPECT_EQ(pool.queued(), 0U);
    EXPECT_EQ(pool.active(), 0U);
}

TEST(WorkerPool, gives_back_what_waits_when_it_ends) {
    auto pool = std::make_unique<WorkerPool>(WorkerPoolOptions{.threads = 0});
    std::optional<Errc> refusal;
    boost::asio::io_context context(1);
    boost::asio::co_spawn(
        context,
        run_one(
            *pool, +[]() -> Result<int> { return 1; }
        ),
        [&](std::exception_ptr, const Result<int>& result) { refusal = result.error().code; }
    );
    context.poll();
    EXPECT_EQ(pool->queued(), 1U);

    pool.reset();
    context.run();

    EXPECT_EQ(refusal, Errc::busy);
}

TEST(WorkerPool, lowers_the_priority_of_its_threads_only) {
    WorkerPool pool({.nice = 5});
    const int mine = ::getpriority(PRIO_PROCESS, 0);

    const Result<int> theirs =
        testing::run(run_one(pool, +[]() -> Result<int> { return ::getpriority(PRIO_PROCESS, 0); }));

    EXPECT_EQ(*theirs, std::min(mine + 5, 19));
    EXPECT_EQ(::getpriority(PRIO_PROCESS, 0), mine);
}

/// Waits for the pool with something that goes when the coroutine does.
Task<> wait_for(WorkerPool& pool, std::latch& begin, std::latch& go, std::shared_ptr<int> held) {
    auto job = [&begin, &go]() -> Result<> {
        begin.count_down();
        go.wait();
        return {};
    };
    const Result<> done = co_await pool.run(job);
    *held = done ? 1 : 2;
}

TEST(WorkerPool, leaves_alone_who_waits_on_an_event_loop_that_is_gone) {
    std::latch started(1);
    std::latch released(1);
    std::latch never_started(1);
    const auto held = std::make_shared<int>(0);
    {
        WorkerPool pool({.threads = 1, .queue_limit = 4});
        {
            boost::asio::io_context context(1);
            const auto ignore = [](const std::exception_ptr&) {};
            boost::asio::co_spawn(context, wait_for(pool, started, released, held), ignore);
            boost::asio::co_spawn(context, wait_for(pool, never_started, released, held), ignore);
            context.poll();
            started.wait();
        }
        released.count_down();
    }

    EXPECT_EQ(*held, 0);
    EXPECT_EQ(held.use_count(), 3);  // neither went on, and neither was destroyed
}

}  // namespace
}  // namespace cardea
