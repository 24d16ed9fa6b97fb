// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/memory_limiter.h"

#include "cardea/crypto/siphash.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

namespace cardea::ratelimit {

MemoryLimiter::MemoryLimiter(SecretBytes<16> hash_key, Quota quota, std::size_t capacity)
    : hash_key_(std::move(hash_key)),
      quota_(std::move(quota)),
      rows_(std::bit_ceil(std::max(capacity, slots_per_row)) / slots_per_row),
      slots_(rows_ * slots_per_row * slot_size()),
      unused_(quota_.state_size()) {}

MemoryLimiter::Place MemoryLimiter::place_of(std::string_view key) const noexcept {
    const std::array<std::uint8_t, 16> hash = crypto::siphash(hash_key_, as_bytes(key));
    std::array<std::uint64_t, 2> halves{};
    std::memcpy(halves.data(), hash.data(), hash.size());
    return {static_cast<std::size_t>(halves[0] & (rows_ - 1)), std::bit_cast<std::int64_t>(halves[1])};
}

StateView MemoryLimiter::state_at(std::size_t slot) const noexcept {
    return slots_.subspan(slot + 1, quota_.state_size());
}

State MemoryLimiter::state_at(std::size_t slot) noexcept {
    return slots_.subspan(slot + 1, quota_.state_size());
}

std::size_t MemoryLimiter::find(const Place& place) const noexcept {
    for (std::size_t number = 0; number < slots_per_row; ++number) {
        if (const std::size_t slot = slot_at(place, number); slots_[slot] == place.tag) {
            return slot;
        }
    }
    return slots_.size();
}

std::size_t MemoryLimiter::find_victim(const Place& place, Time now) noexcept {
    std::size_t victim = 0;
    std::pair<std::uint32_t, Duration> least{std::numeric_limits<std::uint32_t>::max(), {}};
    for (std::size_t number = 0; number < slots_per_row && least.first > 0; ++number) {
        const std::size_t slot = slot_at(place, number);
        const std::pair used(quota_.used(state_at(slot), now), quota_.idle_after(state_at(slot), now));
        if (used < least) {
            victim = slot;
            least = used;
        }
    }
    if (least.first > 0) {
        evicted_.fetch_add(1, std::memory_order_relaxed);
    }
    return victim;
}

std::size_t MemoryLimiter::find_or_add(const Place& place, Time now) noexcept {
    if (const std::size_t found = find(place); found < slots_.size()) {
        return found;
    }
    const std::size_t slot = find_victim(place, now);
    slots_[slot] = place.tag;
    std::ranges::fill(state_at(slot), 0);
    return slot;
}

Result<Decision> MemoryLimiter::take(std::string_view key, Time now) {
    const Place place = place_of(key);
    const std::lock_guard lock(lock_of(place));
    return quota_.take(state_at(find_or_add(place, now)), now);
}

Result<Decision> MemoryLimiter::peek(std::string_view key, Time now) const {
    const Place place = place_of(key);
    const std::lock_guard lock(lock_of(place));
    if (const std::size_t slot = find(place); slot < slots_.size()) {
        return quota_.peek(state_at(slot), now);
    }
    return quota_.peek(unused_, now);
}

Result<> MemoryLimiter::give_back(std::string_view key, Time now) {
    const Place place = place_of(key);
    const std::lock_guard lock(lock_of(place));
    if (const std::size_t slot = find(place); slot < slots_.size()) {
        quota_.give_back(state_at(slot), now);
    }
    return {};
}

Result<> MemoryLimiter::reset(std::string_view key) {
    const Place place = place_of(key);
    const std::lock_guard lock(lock_of(place));
    if (const std::size_t slot = find(place); slot < slots_.size()) {
        slots_[slot] = 0;
        std::ranges::fill(state_at(slot), 0);
    }
    return {};
}

}  // namespace cardea::ratelimit
