// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/zeroed_array.h"
#include "cardea/ratelimit/limit.h"

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>

namespace cardea::account {

/// The bounds on guessing passwords. Delays and address limits live in memory; the count towards `lock_after`
/// is in the account's row, so that it outlives a restart.
struct GuessPolicy {
    bool enabled = true;  ///< off only for load tests
    /// Tries in a row that cost no delay. After n more of them the next must wait 2^n seconds.
    std::int64_t free_tries = 5;
    Duration longest_delay = std::chrono::minutes(15);
    /// Failures in a row after which only known devices get in (SP 800-63B-4 section 3.2.2).
    std::int64_t lock_after = 100;
    /// Password tries, of every account together, that one address may make.
    ratelimit::Limit per_address{.count = 60, .period = std::chrono::minutes(1)};
    /// And that who is known to an account may make besides, whatever others at their address do.
    ratelimit::Limit per_known_account{.count = 10, .period = std::chrono::minutes(1)};
    /// Names, and addresses, remembered at the same time.
    std::size_t remembered = std::size_t{1} << 16;
};

/// What is remembered of the tries in one bucket: those since the last success.
struct Tries {
    std::int64_t count = 0;
    Time last;
};

/// How long the next try must keep from the last one.
[[nodiscard]] Duration delay_after(std::int64_t count, const GuessPolicy& policy) noexcept;

/// How long the next try must wait from now; zero: it may be made.
[[nodiscard]] Duration wait_before(const Tries& tries, const GuessPolicy& policy, Time now) noexcept;

/// A bucket's name: a keyed hash, so that nobody can choose where theirs lies.
using TriesKey = std::array<std::uint8_t, 16>;

/// A bounded table of buckets. It is divided into small sets; where a set is full, the bucket with the fewest
/// tries makes room, so that a flood of invented names pushes out its own kind first. Thread-safe.
class TriesTable {
 public:
    explicit TriesTable(std::size_t buckets);

    /// Calls `change` with the bucket, a new one when there was none, while nobody else can touch it.
    void update(const TriesKey& key, const std::function<void(Tries&)>& change);
    void forget(const TriesKey& key);

 private:
    struct Bucket {
        TriesKey key{};
        Tries tries;  // count 0: the bucket is free
    };
    static constexpr std::size_t buckets_per_set = 8;
    static constexpr std::size_t lock_count = 64;

    [[nodiscard]] std::size_t set_of(const TriesKey& key) const noexcept;
    [[nodiscard]] std::span<Bucket> buckets_of(std::size_t set) noexcept {
        return buckets_.subspan(set * buckets_per_set, buckets_per_set);
    }
    [[nodiscard]] std::mutex& lock_of(std::size_t set) noexcept { return locks_[set % lock_count]; }
    [[nodiscard]] static Bucket* find(std::span<Bucket> set, const TriesKey& key) noexcept;
    [[nodiscard]] static Bucket& find_or_add(std::span<Bucket> set, const TriesKey& key) noexcept;

    std::size_t sets_;
    ZeroedArray<Bucket> buckets_;
    std::array<std::mutex, lock_count> locks_;
};

}  // namespace cardea::account
