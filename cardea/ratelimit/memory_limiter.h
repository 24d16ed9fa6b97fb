// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"
#include "cardea/ratelimit/gcra.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace cardea::ratelimit {

/// What a limiter knows of a key: a keyed hash of it, so that nobody outside can aim at a slot of the table
/// and no name lies in memory.
struct Key {
    std::uint64_t place = 0;
    std::uint64_t tag = 0;
};

/// The buckets of one process, in a table of 16 bytes a key whose size never changes. Where a new key finds
/// no room, the one that is nearest to full goes: a flood of new keys pushes out itself before it pushes out
/// a key that was refused. Thread-safe.
class MemoryLimiter {
 public:
    /// `hash_key` is 16 random bytes; `capacity` is rounded up to a power of two.
    explicit MemoryLimiter(SecretBytes<16> hash_key, std::size_t capacity = 65'536);

    /// The key for a subject, which is any bytes; `kind` is a constant of the caller, so that subjects of
    /// different kinds do not meet.
    [[nodiscard]] Key key(std::string_view kind, std::string_view subject) const;

    [[nodiscard]] Decision take(const Key& key, const Limit& limit, Time now) noexcept;

    /// What take() would say, without taking.
    [[nodiscard]] Decision peek(const Key& key, const Limit& limit, Time now) const noexcept;

    /// Makes the bucket full again, as after a success.
    void forget(const Key& key) noexcept;

    /// How many buckets had to go before they were full, for metrics: when it grows, capacity is too small.
    [[nodiscard]] std::uint64_t evicted() const noexcept { return evicted_.load(std::memory_order_relaxed); }

 private:
    static constexpr std::size_t slots_per_row = 8;
    static constexpr std::size_t lock_count = 64;

    struct Slot {
        std::uint64_t tag = 0;
        GcraState state;
    };
    using Row = std::array<Slot, slots_per_row>;

    [[nodiscard]] std::size_t row_of(const Key& key) const noexcept { return key.place & (rows_.size() - 1); }
    [[nodiscard]] std::mutex& lock_of(std::size_t row) const noexcept { return locks_[row % lock_count]; }

    SecretBytes<16> hash_key_;
    std::vector<Row> rows_;
    mutable std::array<std::mutex, lock_count> locks_;
    std::atomic<std::uint64_t> evicted_ = 0;
};

}  // namespace cardea::ratelimit
