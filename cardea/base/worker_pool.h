// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/assert.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace cardea {

/// How many threads work, and how much may wait for them.
struct WorkerPoolOptions {
    std::string name = "worker";  ///< of its threads, as `top -H` shows them (15 characters)
    std::size_t threads = 1;
    std::size_t queue_limit = 64;  ///< jobs that wait; one more is Errc::busy
    int nice = 0;                  ///< added to the threads' priority number: 19 gives way to everything
};

namespace detail {

/// A job of any type, and where its outcome lies until the caller is back on its own executor.
class Job {
 public:
    virtual ~Job() = default;
    virtual void run() noexcept = 0;
};

template <class Function>
class JobOf final : public Job {
 public:
    using Outcome = std::invoke_result_t<Function&>;

    explicit JobOf(Function function) : function_(std::move(function)) {}

    void run() noexcept override {
        try {
            outcome_.emplace(function_());
        } catch (...) {
            exception_ = std::current_exception();
        }
    }

    Outcome take() {
        if (exception_) {
            std::rethrow_exception(exception_);
        }
        CARDEA_ASSERT(outcome_.has_value());
        return std::move(*outcome_);
    }

 private:
    Function function_;
    std::optional<Outcome> outcome_;
    std::exception_ptr exception_;
};

}  // namespace detail

/// Threads for work that blocks or takes long: password hashing, reads from disk. The queue is bounded, so
/// that overload is refused at once instead of waited for. Thread-safe. Whoever waits on an event loop that
/// is destroyed before the job ends is never resumed, and never destroyed either.
class WorkerPool {
 public:
    explicit WorkerPool(WorkerPoolOptions options);
    /// Ends the jobs that run; those that wait come back as Errc::busy.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Runs `function`, which returns a Result, on a thread of the pool and resumes on the caller's executor
    /// with what it returned or threw. Errc::busy when the queue is full. Give it a named callable.
    template <class Function>
    Task<std::invoke_result_t<Function&>> run(Function function) {
        const auto job = std::make_shared<detail::JobOf<Function>>(std::move(function));
        const bool done = co_await execute(job);
        if (!done) {
            co_return fail(Errc::busy, "queue full");
        }
        co_return job->take();
    }

    /// Jobs that wait, and jobs that run: for metrics.
    [[nodiscard]] std::size_t queued() const;
    [[nodiscard]] std::size_t active() const;

 private:
    class Threads;

    Task<bool> execute(std::shared_ptr<detail::Job> job);

    std::unique_ptr<Threads> threads_;
};

}  // namespace cardea
