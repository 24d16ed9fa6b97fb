// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/memory_one_time_store.h"

#include <algorithm>

namespace cardea::stores {

Task<Result<bool>> MemoryOneTimeStore::consume(OneTimeHash hash, Time expires_at) {
    co_return consume_now(OneTimeUse(hash, expires_at));
}

bool MemoryOneTimeStore::consume_now(const OneTimeUse& use) {
    const std::lock_guard lock(mutex_);
    return consumed_.emplace(use.hash, use.expires_at).second;
}

bool MemoryOneTimeStore::consume_all_now(const std::vector<OneTimeUse>& uses) {
    const std::lock_guard lock(mutex_);
    const auto is_consumed = [&](const OneTimeUse& use) { return consumed_.contains(use.hash); };
    if (std::ranges::any_of(uses, is_consumed)) {
        return false;
    }
    for (const OneTimeUse& use : uses) {
        consumed_.emplace(use.hash, use.expires_at);
    }
    return true;
}

Task<Result<std::size_t>> MemoryOneTimeStore::purge_expired(Time now, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::size_t removed = 0;
    for (auto next = consumed_.begin(); next != consumed_.end() && removed < limit;) {
        if (next->second <= now) {
            next = consumed_.erase(next);
            ++removed;
        } else {
            ++next;
        }
    }
    co_return removed;
}

}  // namespace cardea::stores
