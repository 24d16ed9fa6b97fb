// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/single_flight.h"

#include "cardea/base/detail/resume_at_home.h"

namespace cardea {

Task<std::optional<SingleFlight::Lead>> SingleFlight::join() {
    std::optional<Lead> lead = try_join();
    if (!lead) {
        co_await wait();
    }
    co_return lead;
}

bool SingleFlight::is_under_way() const {
    const std::lock_guard lock(mutex_);
    return is_under_way_;
}

std::optional<SingleFlight::Lead> SingleFlight::try_join() {
    const std::lock_guard lock(mutex_);
    if (is_under_way_) {
        return std::nullopt;
    }
    is_under_way_ = true;
    return Lead(*this);
}

Task<bool> SingleFlight::wait() {
    auto start = [this](auto handler) {
        detail::Resume resume = detail::resume_at_home(std::move(handler));
        {
            const std::lock_guard lock(mutex_);
            if (is_under_way_) {
                waiting_.push_back(std::move(resume));
                return;
            }
        }
        resume(true);  // it ended meanwhile
    };
    return boost::asio::async_initiate<decltype(use_task), void(bool)>(std::move(start), use_task);
}

void SingleFlight::finish() noexcept {
    std::vector<detail::Resume> waiting;
    {
        const std::lock_guard lock(mutex_);
        is_under_way_ = false;
        waiting.swap(waiting_);
    }
    for (detail::Resume& resume : waiting) {
        resume(true);
    }
}

}  // namespace cardea
