// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace cardea::detail {

/// What a waiting coroutine goes on with, from any thread.
using Resume = std::move_only_function<void(bool)>;

/// Whether an event loop still is, for other threads that have something for it.
struct Home {
    std::mutex mutex;  ///< held by whoever posts, so that the loop does not go meanwhile
    bool is_there = true;
};
[[nodiscard]] std::shared_ptr<Home> home_of(boost::asio::execution_context& context);

/// Keeps what can neither go on nor be destroyed, because it refers to an event loop that is gone.
void keep_for_ever(std::shared_ptr<void> stranded);

/// A coroutine that waits for another thread, and its event loop, which is kept running until then. Where the
/// loop was destroyed meanwhile, as when a program ends while passwords are hashed, the coroutine is never
/// touched again.
template <class Handler>
class Waiter {
 public:
    explicit Waiter(Handler handler)
        : home_(home_of(boost::asio::get_associated_executor(handler).context())),
          waiting_(std::make_unique<Waiting>(std::move(handler))) {}
    Waiter(Waiter&&) noexcept = default;
    Waiter& operator=(Waiter&&) = delete;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() {
        if (waiting_ != nullptr && is_homeless()) {
            keep_for_ever(std::move(waiting_));
        }
    }

    /// Calls the handler on the executor of whoever waits.
    void operator()(bool value) {
        const std::lock_guard lock(home_->mutex);
        if (!home_->is_there) {
            return;  // and the destructor keeps it
        }
        auto finish = [handler = std::move(waiting_->handler), value]() mutable {
            std::move(handler)(value);
        };
        boost::asio::post(waiting_->guard.get_executor(), std::move(finish));
        waiting_.reset();
    }

 private:
    struct Waiting {
        explicit Waiting(Handler waiter)
            : guard(boost::asio::make_work_guard(boost::asio::get_associated_executor(waiter))),
              handler(std::move(waiter)) {}

        boost::asio::executor_work_guard<boost::asio::associated_executor_t<Handler>> guard;
        Handler handler;
    };

    [[nodiscard]] bool is_homeless() const {
        const std::lock_guard lock(home_->mutex);
        return !home_->is_there;
    }

    std::shared_ptr<Home> home_;
    std::unique_ptr<Waiting> waiting_;
};

template <class Handler>
Resume resume_at_home(Handler handler) {
    return Waiter<Handler>(std::move(handler));
}

}  // namespace cardea::detail
