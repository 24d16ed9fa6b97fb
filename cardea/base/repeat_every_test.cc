// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/repeat_every.h"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace cardea {
namespace {

TEST(RepeatEvery, goes_on_after_work_that_throws) {
    boost::asio::io_context context(1);
    int rounds = 0;
    int failures = 0;
    auto work = [&]() -> Task<> {
        ++rounds;
        if (rounds == 1) {
            throw std::runtime_error("a bug");
        }
        if (rounds == 2) {
            throw 2;
        }
        context.stop();
        co_return;
    };
    boost::asio::co_spawn(
        context,
        repeat_every(Duration(1), work, [&](const std::exception_ptr&) { ++failures; }),
        [](const std::exception_ptr&) {}
    );
    context.run();

    EXPECT_EQ(rounds, 3);
    EXPECT_EQ(failures, 2);
}

}  // namespace
}  // namespace cardea
