// SPDX-License-Identifier: Apache-2.0
#include "server/spawn.h"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace cardea::server {
namespace {

Task<> throw_number() {
    throw 7;
    co_return;
}

Task<> throw_error() {
    throw std::runtime_error("a bug");
    co_return;
}

TEST(Spawn, lets_nothing_out_that_a_task_throws) {
    boost::asio::io_context context(1);
    spawn(context, throw_number(), "number");
    spawn(context, throw_error(), "error");

    EXPECT_NO_THROW(context.run());
}

}  // namespace
}  // namespace cardea::server
