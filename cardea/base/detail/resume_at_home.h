// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <functional>
#include <utility>

namespace cardea::detail {

/// What a waiting coroutine goes on with, from any thread.
using Resume = std::move_only_function<void(bool)>;

/// Calls the handler on the executor of whoever waits, whose event loop is kept running until then.
template <class Handler>
Resume resume_at_home(Handler handler) {
    auto guard = boost::asio::make_work_guard(boost::asio::get_associated_executor(handler));
    return [guard = std::move(guard), handler = std::move(handler)](bool value) mutable {
        auto finish = [handler = std::move(handler), value]() mutable { std::move(handler)(value); };
        boost::asio::post(guard.get_executor(), std::move(finish));
        guard.reset();
    };
}

}  // namespace cardea::detail
