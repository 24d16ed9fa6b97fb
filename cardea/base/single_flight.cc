// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/single_flight.h"

#include "cardea/base/callback.h"

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
    auto join_those_who_wait = [this](Callback<bool> resume) {
        {
            const std::lock_guard lock(mutex_);
            if (is_under_way_) {
                waiting_.push_back(std::move(resume));
                return;
            }
        }
        resume(true);  // it ended meanwhile
    };
    return wait_for_callback<bool>(std::move(join_those_who_wait));
}

void SingleFlight::finish() noexcept {
    std::vector<Callback<bool>> waiting;
    {
        const std::lock_guard lock(mutex_);
        is_under_way_ = false;
        waiting.swap(waiting_);
    }
    for (Callback<bool>& resume : waiting) {
        resume(true);
    }
}

}  // namespace cardea
