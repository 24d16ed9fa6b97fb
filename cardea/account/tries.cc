// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/tries.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <mutex>

namespace cardea::account {
namespace {

constexpr std::size_t buckets_per_set = 8;

struct Bucket {
    TriesKey key{};
    Tries tries;  // count 0: the bucket is free
};

bool is_worth_less(const Bucket& a, const Bucket& b) noexcept {
    return a.tries.count != b.tries.count ? a.tries.count < b.tries.count : a.tries.last < b.tries.last;
}

}  // namespace

struct TriesTable::Set {
    std::mutex mutex;
    std::array<Bucket, buckets_per_set> buckets;

    Bucket* find(const TriesKey& key) noexcept {
        auto* found = std::ranges::find_if(buckets, [&key](const Bucket& bucket) {
            return bucket.tries.count > 0 && bucket.key == key;
        });
        return found == buckets.end() ? nullptr : found;
    }

    Bucket& find_or_add(const TriesKey& key) noexcept {
        if (Bucket* found = find(key)) {
            return *found;
        }
        Bucket& victim = *std::ranges::min_element(buckets, is_worth_less);
        victim = Bucket{key, {}};
        return victim;
    }
};

Duration delay_after(std::int64_t count, const GuessPolicy& policy) noexcept {
    if (count < policy.free_tries) {
        return Duration::zero();
    }
    const std::int64_t doublings = std::min<std::int64_t>(count - policy.free_tries, 30);
    return std::min<Duration>(std::chrono::seconds(std::int64_t{1} << doublings), policy.longest_delay);
}

Duration wait_before(const Tries& tries, const GuessPolicy& policy, Time now) noexcept {
    const Time next = tries.last + delay_after(tries.count, policy);
    return std::max(next - now, Duration::zero());
}

TriesTable::TriesTable(std::size_t buckets)
    : count_(std::bit_ceil(std::max<std::size_t>(buckets / buckets_per_set, 1))),
      sets_(std::make_unique<Set[]>(count_)) {}

TriesTable::~TriesTable() = default;

TriesTable::Set& TriesTable::set_of(const TriesKey& key) const noexcept {
    std::size_t index = 0;
    std::memcpy(&index, key.data(), sizeof index);
    return sets_[index & (count_ - 1)];
}

void TriesTable::update(const TriesKey& key, const std::function<void(Tries&)>& change) {
    Set& set = set_of(key);
    const std::lock_guard lock(set.mutex);
    change(set.find_or_add(key).tries);
}

void TriesTable::forget(const TriesKey& key) {
    Set& set = set_of(key);
    const std::lock_guard lock(set.mutex);
    if (Bucket* found = set.find(key)) {
        *found = Bucket();
    }
}

}  // namespace cardea::account
