// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/memory_limiter.h"

#include "cardea/crypto/siphash.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

namespace cardea::ratelimit {

MemoryLimiter::MemoryLimiter(SecretBytes<16> hash_key, std::size_t capacity)
    : hash_key_(std::move(hash_key)),
      rows_(std::bit_ceil(std::max(capacity, slots_per_row)) / slots_per_row) {}

Key MemoryLimiter::key(std::string_view kind, std::string_view subject) const {
    std::string message(kind);
    message += '\0';
    message += subject;
    const std::array<std::uint8_t, 16> hash = crypto::siphash(hash_key_, as_bytes(message));
    Key key;
    std::memcpy(&key.place, hash.data(), sizeof key.place);
    std::memcpy(&key.tag, hash.data() + sizeof key.place, sizeof key.tag);
    return key;
}

Decision MemoryLimiter::take(const Key& key, const Limit& limit, Time now) noexcept {
    const std::size_t index = row_of(key);
    const std::lock_guard lock(lock_of(index));
    Row& row = rows_[index];
    auto slot = std::ranges::find(row, key.tag, &Slot::tag);
    if (slot == row.end()) {
        // An empty slot was full in 1970, so it is the first to be taken.
        slot = std::ranges::min_element(row, {}, [](const Slot& other) { return other.state.full_at; });
        if (slot->state.full_at > std::chrono::microseconds(now.time_since_epoch()).count()) {
            evicted_.fetch_add(1, std::memory_order_relaxed);
        }
        *slot = {key.tag, {}};
    }
    return gcra(slot->state, now, limit);
}

Decision MemoryLimiter::peek(const Key& key, const Limit& limit, Time now) const noexcept {
    const std::size_t index = row_of(key);
    const std::lock_guard lock(lock_of(index));
    const Row& row = rows_[index];
    const auto slot = std::ranges::find(row, key.tag, &Slot::tag);
    return gcra_peek(slot != row.end() ? slot->state : GcraState(), now, limit);
}

void MemoryLimiter::forget(const Key& key) noexcept {
    const std::size_t index = row_of(key);
    const std::lock_guard lock(lock_of(index));
    Row& row = rows_[index];
    if (const auto slot = std::ranges::find(row, key.tag, &Slot::tag); slot != row.end()) {
        *slot = {};
    }
}

}  // namespace cardea::ratelimit
