// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/tries.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace cardea::account {
Duration delay_after(std::int64_t count, const GuessPolicy& policy) noexcept {
    if (count < policy.free_tries) {
        return Duration::zero();
    }
    const std::int64_t doublings = std::min<std::int64_t>(count - policy.free_tries, 30);
    return std::min<Duration>(std::chrono::seconds(std::int64_t{1} << doublings), policy.longest_delay);
}

Duration wait_before(const Tries& tries, const GuessPolicy& policy, Time now) noexcept {
    const Time last = std::min(tries.last, now);  // later: the clock was set back
    const Time next = last + delay_after(tries.count, policy);
    return std::max(next - now, Duration::zero());
}

TriesTable::TriesTable(std::size_t buckets)
    : sets_(std::bit_ceil(std::max<std::size_t>(buckets / buckets_per_set, 1))),
      buckets_(sets_ * buckets_per_set) {}

std::size_t TriesTable::set_of(const TriesKey& key) const noexcept {
    std::size_t number = 0;
    std::memcpy(&number, key.data(), sizeof number);
    return number & (sets_ - 1);
}

TriesTable::Bucket* TriesTable::find(std::span<Bucket> set, const TriesKey& key) noexcept {
    const auto found = std::ranges::find_if(set, [&key](const Bucket& bucket) {
        return bucket.tries.count > 0 && bucket.key == key;
    });
    return found == set.end() ? nullptr : &*found;
}

TriesTable::Bucket& TriesTable::find_or_add(std::span<Bucket> set, const TriesKey& key) noexcept {
    if (Bucket* found = find(set, key)) {
        return *found;
    }
    Bucket& victim = *std::ranges::min_element(set, {}, [](const Bucket& bucket) {
        return std::pair(bucket.tries.count, bucket.tries.last);
    });
    victim = Bucket{key, {}};
    return victim;
}

void TriesTable::update(const TriesKey& key, const std::function<void(Tries&)>& change) {
    const std::size_t set = set_of(key);
    const std::lock_guard lock(lock_of(set));
    change(find_or_add(buckets_of(set), key).tries);
}

void TriesTable::forget(const TriesKey& key) {
    const std::size_t set = set_of(key);
    const std::lock_guard lock(lock_of(set));
    if (Bucket* found = find(buckets_of(set), key)) {
        *found = Bucket();
    }
}

}  // namespace cardea::account
