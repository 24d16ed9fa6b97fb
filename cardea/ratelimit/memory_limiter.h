// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"
#include "cardea/base/zeroed_array.h"
#include "cardea/ratelimit/limiter.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

namespace cardea::ratelimit {

/// The states of one process, in a table whose size never changes: 8 bytes a key and 8 for each number that
/// the quota remembers (16 in all for one limit with Strategy::gcra). Keys are hashed with a secret, so that
/// nobody outside can aim at a place of the table and no name lies in memory. Where a new key finds no room,
/// the one goes that has used up the least: a flood of new keys pushes out itself before it pushes out a key
/// that was refused. Never fails, never blocks for long, thread-safe.
class MemoryLimiter final : public Limiter {
 public:
    /// `hash_key` is 16 random bytes; `capacity` is rounded up to a power of two.
    MemoryLimiter(SecretBytes<16> hash_key, Quota quota, std::size_t capacity = 65'536);

    [[nodiscard]] const Quota& quota() const noexcept override { return quota_; }
    [[nodiscard]] Result<Decision> take(std::string_view key, Time now) override;
    [[nodiscard]] Result<Decision> peek(std::string_view key, Time now) const override;
    Result<> give_back(std::string_view key, Time now) override;
    Result<> reset(std::string_view key) override;

    /// How many states had to go before they were idle, for metrics: when it grows, capacity is too small.
    [[nodiscard]] std::uint64_t evicted() const noexcept { return evicted_.load(std::memory_order_relaxed); }

    /// The bytes of the table.
    [[nodiscard]] std::size_t memory() const noexcept { return slots_.size() * sizeof slots_[0]; }

 private:
    static constexpr std::size_t slots_per_row = 8;
    static constexpr std::size_t lock_count = 64;

    /// Where a key's state may lie.
    struct Place {
        std::size_t row = 0;
        std::int64_t tag = 0;  // which tells the keys of one row apart
    };

    [[nodiscard]] Place place_of(std::string_view key) const noexcept;
    [[nodiscard]] std::mutex& lock_of(const Place& place) const noexcept {
        return locks_[place.row % lock_count];
    }
    /// A slot is the tag and, behind it, the state.
    [[nodiscard]] std::size_t slot_size() const noexcept { return 1 + quota_.state_size(); }
    [[nodiscard]] std::size_t slot_at(const Place& place, std::size_t number) const noexcept {
        return (place.row * slots_per_row + number) * slot_size();
    }
    [[nodiscard]] StateView state_at(std::size_t slot) const noexcept;
    [[nodiscard]] State state_at(std::size_t slot) noexcept;
    /// The key's slot, or the end of the table.
    [[nodiscard]] std::size_t find(const Place& place) const noexcept;
    /// The slot in the row of `place` that is forgotten with the least harm.
    [[nodiscard]] std::size_t find_victim(const Place& place, Time now) noexcept;
    [[nodiscard]] std::size_t find_or_add(const Place& place, Time now) noexcept;

    SecretBytes<16> hash_key_;
    Quota quota_;
    std::size_t rows_;
    ZeroedArray<std::int64_t> slots_;
    std::vector<std::int64_t> unused_;  // the state of a key that was never seen
    mutable std::array<std::mutex, lock_count> locks_;
    std::atomic<std::uint64_t> evicted_ = 0;
};

}  // namespace cardea::ratelimit
