// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/callback.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <memory>
#include <mutex>
#include <vector>

namespace cardea::detail {
namespace {

namespace asio = boost::asio;

/// Whether an event loop still is, for other threads that have something for it.
struct Home {
    std::mutex mutex;  // held by whoever posts, so that the loop does not go meanwhile
    bool is_there = true;
};

/// Says of its event loop when it goes: shutdown() runs first thing in the destructor of an io_context, ahead
/// of the older services that take posted work.
class HomeService final : public asio::execution_context::service {
 public:
    static asio::execution_context::id id;

    explicit HomeService(asio::execution_context& context) : service(context) {}

    [[nodiscard]] const std::shared_ptr<Home>& home() const noexcept { return home_; }

 private:
    void shutdown() noexcept override {
        const std::lock_guard lock(home_->mutex);
        home_->is_there = false;
    }

    std::shared_ptr<Home> home_ = std::make_shared<Home>();
};

asio::execution_context::id HomeService::id;

/// Keeps what can neither go on nor be destroyed, because it refers to an event loop that is gone.
void keep_for_ever(std::shared_ptr<void> stranded) {
    // Never destroyed, and found by leak checkers: at the end of the program nothing of it is safe to touch.
    static std::mutex mutex;
    static auto& all = *new std::vector<std::shared_ptr<void>>;
    const std::lock_guard lock(mutex);
    all.push_back(std::move(stranded));
}

/// A coroutine that waits to be resumed, and its event loop, which is kept running until then.
template <class Handler>
class Waiter {
 public:
    explicit Waiter(Handler handler)
        : home_(asio::use_service<HomeService>(asio::get_associated_executor(handler).context()).home()),
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

    void operator()() {
        const std::lock_guard lock(home_->mutex);
        if (!home_->is_there) {
            return;  // and the destructor keeps it
        }
        asio::post(waiting_->guard.get_executor(), std::move(waiting_->handler));
        waiting_.reset();
    }

 private:
    struct Waiting {
        explicit Waiting(Handler waiter)
            : guard(asio::make_work_guard(asio::get_associated_executor(waiter))),
              handler(std::move(waiter)) {}

        asio::executor_work_guard<asio::associated_executor_t<Handler>> guard;
        Handler handler;
    };

    [[nodiscard]] bool is_homeless() const {
        const std::lock_guard lock(home_->mutex);
        return !home_->is_there;
    }

    std::shared_ptr<Home> home_;
    std::unique_ptr<Waiting> waiting_;
};

}  // namespace

Task<> suspend(std::move_only_function<void(Resume)> start) {
    auto initiate = [start = std::move(start)](auto handler) mutable {
        start(Waiter<decltype(handler)>(std::move(handler)));
    };
    return asio::async_initiate<decltype(use_task), void()>(std::move(initiate), use_task);
}

}  // namespace cardea::detail
