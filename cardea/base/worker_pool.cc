// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/worker_pool.h"

#include "cardea/base/callback.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <pthread.h>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace cardea {
namespace {

struct Waiting {
    std::shared_ptr<detail::Job> job;
    Callback<bool> resume;
};

/// Only this thread, and only downwards: on Linux a priority belongs to a thread, and `who` 0 is the caller.
void lower_priority(int nice) {
    if (nice > 0) {
        ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + nice);
    }
}

}  // namespace

class WorkerPool::Threads {
 public:
    explicit Threads(WorkerPoolOptions options) : options_(std::move(options)) {
        options_.name.resize(std::min<std::size_t>(options_.name.size(), 15));
        for (std::size_t i = 0; i < options_.threads; ++i) {
            threads_.emplace_back([this] { work(); });
        }
    }

    ~Threads() {
        std::deque<Waiting> left;
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
            left.swap(queue_);
        }
        wake_.notify_all();
        for (Waiting& waiting : left) {
            waiting.resume(false);
        }
        for (std::thread& thread : threads_) {
            thread.join();
        }
    }

    void submit(std::shared_ptr<detail::Job> job, Callback<bool> resume) {
        std::unique_lock lock(mutex_);
        if (stopping_ || queue_.size() >= options_.queue_limit) {
            lock.unlock();
            resume(false);
            return;
        }
        queue_.push_back({std::move(job), std::move(resume)});
        lock.unlock();
        wake_.notify_one();
    }

    std::size_t queued() const {
        const std::lock_guard lock(mutex_);
        return queue_.size();
    }

    std::size_t active() const {
        const std::lock_guard lock(mutex_);
        return active_;
    }

 private:
    void work() {
        ::pthread_setname_np(::pthread_self(), options_.name.c_str());
        lower_priority(options_.nice);
        std::unique_lock lock(mutex_);
        while (true) {
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (stopping_) {
                return;
            }
            Waiting next = std::move(queue_.front());
            queue_.pop_front();
            ++active_;
            lock.unlock();
            next.job->run();
            lock.lock();
            --active_;
            lock.unlock();
            next.resume(true);
            lock.lock();
        }
    }

    WorkerPoolOptions options_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Waiting> queue_;
    std::size_t active_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

WorkerPool::WorkerPool(WorkerPoolOptions options) : threads_(std::make_unique<Threads>(std::move(options))) {}

WorkerPool::~WorkerPool() = default;

Task<bool> WorkerPool::execute(std::shared_ptr<detail::Job> job) {
    auto submit = [threads = threads_.get(), job = std::move(job)](Callback<bool> resume) mutable {
        threads->submit(std::move(job), std::move(resume));
    };
    return wait_for_callback<bool>(std::move(submit));
}

std::size_t WorkerPool::queued() const {
    return threads_->queued();
}

std::size_t WorkerPool::active() const {
    return threads_->active();
}

}  // namespace cardea
