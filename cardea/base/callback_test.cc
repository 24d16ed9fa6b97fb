// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/callback.h"

#include "tests/support/run_task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <thread>

namespace cardea {
namespace {

using Answer = std::unique_ptr<int>;

/// Waits, and says through `held`, which goes when it goes, what it was called with.
Task<> wait(std::optional<Callback<Answer>>& callback, std::shared_ptr<int> held) {
    auto keep = [&callback](Callback<Answer> given) { callback = std::move(given); };
    const Answer answer = co_await wait_for_callback<Answer>(keep);
    *held = *answer;
}

struct Waiting {
    explicit Waiting(boost::asio::io_context& context) {
        boost::asio::co_spawn(context, wait(callback, held), [](const std::exception_ptr&) {});
        context.poll();
    }

    std::shared_ptr<int> held = std::make_shared<int>(0);
    std::optional<Callback<Answer>> callback;
};

TEST(Callback, may_be_called_at_once) {
    const auto at_once = []() -> Task<int> {
        auto call = [](Callback<int> callback) { callback(7); };
        co_return co_await wait_for_callback<int>(call);
    };

    EXPECT_EQ(testing::run(at_once()), 7);
}

TEST(Callback, comes_from_any_thread_and_resumes_on_the_loop_which_runs_until_then) {
    boost::asio::io_context context(1);
    Waiting waiting(context);
    std::thread elsewhere([&] { (*waiting.callback)(std::make_unique<int>(7)); });

    context.run();
    elsewhere.join();

    EXPECT_EQ(*waiting.held, 7);
    EXPECT_EQ(waiting.held.use_count(), 1);
}

TEST(Callback, goes_with_the_coroutine_when_it_is_not_called) {
    boost::asio::io_context context(1);
    Waiting waiting(context);

    waiting.callback.reset();
    context.run();

    EXPECT_EQ(*waiting.held, 0);
    EXPECT_EQ(waiting.held.use_count(), 1);
}

TEST(Callback, leaves_alone_who_waits_on_an_event_loop_that_is_gone) {
    auto context = std::make_unique<boost::asio::io_context>(1);
    Waiting called(*context);
    Waiting never_called(*context);
    context.reset();

    (*called.callback)(std::make_unique<int>(7));
    called.callback.reset();
    never_called.callback.reset();

    EXPECT_EQ(*called.held, 0);
    EXPECT_EQ(called.held.use_count(), 2);  // it neither went on nor was destroyed
    EXPECT_EQ(never_called.held.use_count(), 2);
}

}  // namespace
}  // namespace cardea
