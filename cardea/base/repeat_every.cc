// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/repeat_every.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <chrono>

namespace cardea {

Task<> repeat_every(
    Duration pause,
    std::function<Task<>()> work,
    std::function<void(const std::exception_ptr& failure)> on_failure
) {
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::basic_waitable_timer<
        std::chrono::steady_clock,
        boost::asio::wait_traits<std::chrono::steady_clock>,
        Executor>
        timer(executor);
    while (true) {
        timer.expires_after(pause);
        co_await timer.async_wait(use_task);
        try {
            co_await work();
        } catch (...) {
            on_failure(std::current_exception());
        }
    }
}

}  // namespace cardea
