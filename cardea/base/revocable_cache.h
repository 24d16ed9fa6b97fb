// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/recent_table.h"
#include "cardea/base/revocation_marks.h"
#include "cardea/base/thread_number.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace cardea {

/// How many credentials are kept at hand; rounded up to a power of two.
struct CacheLimits {
    std::size_t per_thread = 16'384;
    std::size_t per_process = 131'072;
};

/// What a RevocableCache keeps: derive from it, and add `const CredentialHash& hash()`, `const AccountId&
/// account()` and a type `Touch{hash, time}` for the batched "last seen" writes. Thread-safe.
class CacheEntry {
 public:
    /// `noted` is RevocationMarks::sequence() from before the row was read.
    CacheEntry(Time last_seen_at, std::uint64_t noted) noexcept
        : noted_(noted), last_seen_(last_seen_at.time_since_epoch().count()) {}

    /// The row has it to the minute; here it moves.
    [[nodiscard]] Time last_seen_at() const noexcept {
        return Time(Duration(last_seen_.load(std::memory_order_relaxed)));
    }

 private:
    template <class Entry>
    friend class RevocableCache;

    /// True for the one caller that moved it from `from` to `to`.
    bool move_last_seen(Time from, Time to) const noexcept {
        Duration::rep expected = from.time_since_epoch().count();
        return last_seen_.compare_exchange_strong(
            expected, to.time_since_epoch().count(), std::memory_order_relaxed
        );
    }

    std::uint64_t noted_;
    mutable std::atomic<Duration::rep> last_seen_;
};

/// The validated credentials of this process. Two levels: a table per thread, which only its thread touches,
/// and one for the process in shards under a mutex each, which is asked only when the first does not know.
/// What is dropped is never found again (RevocationMarks has the proof). Thread-safe.
template <class Entry>
class RevocableCache {
 public:
    using Pointer = std::shared_ptr<const Entry>;
    using Touch = typename Entry::Touch;

    explicit RevocableCache(CacheLimits limits)
        : limits_(limits), shards_(shard_count), own_tables_(thread_number_limit) {}
    RevocableCache(const RevocableCache&) = delete;
    RevocableCache& operator=(const RevocableCache&) = delete;

    /// The entry, if it is here and not dropped; otherwise null, which means "ask the store". When this
    /// thread has asked for it before, this takes no lock, allocates nothing and writes nothing that other
    /// threads read. Whether it may still be used now is the caller's question.
    [[nodiscard]] Pointer find(const CredentialHash& hash) {
        // One variable on every way out, here and in the callers: it is made where the caller wants it, which
        // is a sixth of the time of a hit.
        Pointer entry = find_own(hash);
        if (!entry || !is_current(*entry)) {
            entry = find_elsewhere(hash);
        }
        return entry;
    }

    /// The number to note before the store is read.
    [[nodiscard]] std::uint64_t begin_fill() const noexcept { return marks_.sequence(); }
    /// Takes an entry in; null when it was dropped since begin_fill(), so that it must be read again.
    [[nodiscard]] Pointer finish_fill(Pointer entry) {
        if (!is_current(*entry)) {
            return nullptr;
        }
        Shard& shard = shard_of(entry->hash());
        const std::lock_guard lock(shard.mutex);
        if (!shard.table) {
            shard.table = std::make_unique<RecentTable<Entry>>(limits_.per_process / shard_count);
        }
        return shard.table->put(std::move(entry));
    }

    /// When the credential was last used, as far as this process remembers: also of one that was dropped,
    /// whose note may not be in the store yet.
    [[nodiscard]] std::optional<Time> find_last_seen(const CredentialHash& hash) {
        const Pointer entry = find_shared(hash);
        return entry ? std::optional(entry->last_seen_at()) : std::nullopt;
    }

    // From the return on, nothing that was read before the call is found. Call it after the store answered.
    void drop(const CredentialHash& hash) noexcept { marks_.drop(hash); }
    void drop(const AccountId& account) noexcept { marks_.drop(account); }
    void drop_all() noexcept { marks_.drop_all(); }

    /// Notes that the entry is used now, unless less than `interval` has passed since the last note. A note
    /// that finds no room comes an interval later.
    void see(const Entry& entry, Time now, Duration interval) {
        const Time last_seen = entry.last_seen_at();
        if (now - last_seen < interval || !entry.move_last_seen(last_seen, now)) {
            return;
        }
        Shard& shard = shard_of(entry.hash());
        const std::lock_guard lock(shard.mutex);
        if (shard.touches.size() < waiting_touches_limit) {
            shard.touches.push_back(Touch{entry.hash(), now});
        }
    }

    /// What was noted since the last call.
    [[nodiscard]] std::vector<Touch> take_touches() {
        std::vector<Touch> all;
        for (Shard& shard : shards_) {
            const std::lock_guard lock(shard.mutex);
            all.insert(all.end(), shard.touches.begin(), shard.touches.end());
            shard.touches.clear();
        }
        return all;
    }

 private:
    static constexpr std::size_t shard_count = 64;
    static constexpr std::size_t waiting_touches_limit = 4'096;  ///< per shard

    struct alignas(64) Shard {
        std::mutex mutex;
        std::unique_ptr<RecentTable<Entry>> table;  ///< made for the first entry: an idle server stays small
        std::vector<Touch> touches;
    };

    [[nodiscard]] Shard& shard_of(const CredentialHash& hash) noexcept {
        return shards_[word_at<8>(hash) % shard_count];
    }

    [[nodiscard]] bool is_current(const Entry& entry) const noexcept {
        const CacheEntry& base = entry;
        return marks_.is_current(entry.hash(), entry.account(), base.noted_);
    }

    [[nodiscard]] Pointer find_own(const CredentialHash& hash) const noexcept {
        const std::size_t thread = this_thread_number();
        if (thread == thread_number_limit || !own_tables_[thread]) {
            return nullptr;
        }
        const Pointer* found = own_tables_[thread]->find(hash);
        return found == nullptr ? nullptr : *found;
    }

    /// What this thread does not know, or not any more.
    [[nodiscard]] Pointer find_elsewhere(const CredentialHash& hash) {
        Pointer entry = find_shared(hash);
        if (!entry || !is_current(*entry)) {
            return nullptr;
        }
        keep_own(entry);
        return entry;
    }

    [[nodiscard]] Pointer find_shared(const CredentialHash& hash) {
        Shard& shard = shard_of(hash);
        const std::lock_guard lock(shard.mutex);
        const Pointer* found = shard.table ? shard.table->find(hash) : nullptr;
        return found == nullptr ? nullptr : *found;
    }

    void keep_own(const Pointer& entry) {
        const std::size_t thread = this_thread_number();
        if (thread == thread_number_limit) {
            return;
        }
        std::unique_ptr<RecentTable<Entry>>& table = own_tables_[thread];
        if (!table) {
            table = std::make_unique<RecentTable<Entry>>(limits_.per_thread);
        }
        // A reference count of this thread's own: two cores that count one entry's uses would wait for each
        // other.
        table->put(Pointer(entry.get(), [entry](const Entry*) {}));
    }

    CacheLimits limits_;
    RevocationMarks marks_;
    std::vector<Shard> shards_;
    std::vector<std::unique_ptr<RecentTable<Entry>>> own_tables_;  ///< by thread number: each its thread's
};

}  // namespace cardea
