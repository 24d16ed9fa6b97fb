// SPDX-License-Identifier: Apache-2.0
/// audit: what happened, in a log that cannot be changed unseen. Rows are chained and carry a keyed MAC, so a
/// row that was changed, removed, moved or invented shows, and so does a log that was cut short when its head
/// is known from elsewhere. Owns the chain, the events and the references that refused people are shown.
///
/// Invariants: rows are numbered 1, 2, 3, ... without gaps; personal data stands beside the chain and can be
/// erased without breaking it; nothing here is a secret.
#pragma once

#include "cardea/audit/event.h"
#include "cardea/audit/head.h"
#include "cardea/audit/sign_in_counts.h"
#include "cardea/audit/store.h"
#include "cardea/base/random.h"
#include "cardea/ratelimit/memory_limiter.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace cardea::crypto {
class Keyring;
}

namespace cardea::audit {

namespace detail {
class Appender;
}

/// What is wrong with the first broken row.
enum class Damage : std::uint8_t { changed, missing, personal_changed, truncated };

/// "changed", "missing": as commands and logs print it.
[[nodiscard]] std::string_view name(Damage damage) noexcept;

/// The first row that is not what was appended.
struct Break {
    std::int64_t sequence = 0;
    Damage damage = Damage::changed;
    friend bool operator==(const Break&, const Break&) = default;
};

/// The first rows, when they were made under a root secret that is not here any more. Nothing can be said of
/// them, but that the rows behind them were appended to them. Behind a row that was checked there is none:
/// that is Damage::changed.
struct Unchecked {
    std::int64_t first = 0;
    std::int64_t rows = 0;
    friend bool operator==(const Unchecked&, const Unchecked&) = default;
};

/// The outcome of verify().
struct Verification {
    std::int64_t rows = 0;  ///< that were read and found whole
    Unchecked unchecked;
    std::optional<Break> first_break;
    Head head;  ///< of what was read
    /// Whether every row is as it was appended.
    [[nodiscard]] bool is_whole() const noexcept { return !first_break && unchecked.rows == 0; }
};

/// How many entries may wait for the store. Refusals fill half of it at most and what is noted three
/// quarters, so that neither keeps out what is recorded. Past that, notes are dropped and record() fails.
inline constexpr std::size_t max_waiting_entries = 4096;

/// How many refusals of one kind are noted for an account, or for an address where there is none: anybody can
/// be refused as often as they like.
inline constexpr ratelimit::Limit noted_refusals{.count = 60, .period = std::chrono::minutes(1)};

/// How many of one event in all, of those that a stranger with enough addresses could fill the disk with.
inline constexpr ratelimit::Limit noted_refusals_of_strangers{
    .count = 600, .period = std::chrono::minutes(1)
};

/// Appends to and checks the log. Entries that wait at the same time are appended together. Thread-safe.
/// Whoever waits on an event loop that is destroyed first is never resumed, and never destroyed either; who
/// appends for the others does so on the loop of one of them, so flush() before the loops go.
///
/// What is awaited: a change of what an account may do (registration, password, revocation, status) is made
/// only after its row is durable. Sign-ins, sign-outs and refusals are noted: their answer does not wait for
/// the disk, and the session itself stands in its own store.
///
/// What is dropped is counted and told, once a minute at most: in the ordinary log and by a row of its own.
class AuditLog {
 public:
    AuditLog(AuditStore& store, const crypto::Keyring& keyring, const Clock& clock, Random& random);
    ~AuditLog();
    AuditLog(const AuditLog&) = delete;
    AuditLog& operator=(const AuditLog&) = delete;

    /// Appends, and returns when the row is durable: for every change of what an account may do. Errc::busy
    /// when too many wait, Errc::store_unavailable.
    [[nodiscard]] Task<Result<>> record(Entry entry);

    /// Appends soon, with the store's next commit: for sign-ins, sign-outs and refusals, whose answer does
    /// not wait for it. A crash may lose the last few; of refusals, those past their limits are dropped.
    /// False where it is one of those.
    [[nodiscard]] Task<bool> note(Entry entry);

    /// Counts a refusal; true past the limits. note() asks by itself: this is for those
    /// that become no row, whose lines would fill the ordinary log.
    [[nodiscard]] bool is_one_too_many(const Entry& entry);

    /// Returns when everything that was noted before is durable: before a clean stop.
    [[nodiscard]] Task<Result<>> flush();

    /// How many notes were dropped: refusals past their limit, or the queue was full, or the store failed.
    [[nodiscard]] std::uint64_t dropped() const noexcept;

    /// What came of the sign-ins that were noted, or asked is_one_too_many().
    [[nodiscard]] const SignInCounts& sign_ins() const noexcept { return sign_ins_; }

    [[nodiscard]] Task<Result<Head>> head();

    /// Reads the rows in bounded pieces and reports the first that is broken. Personal data may be gone where
    /// the log has the removal of its account. That the log was cut shows where `known` is its head of
    /// before.
    [[nodiscard]] Task<Result<Verification>> verify(std::optional<Head> known);

    /// Blanks the personal data of an account that was removed, and keeps none of what is under way for it;
    /// the chain stays whole, and the row of its removal goes on to say who removed it.
    [[nodiscard]] Task<Result<std::size_t>> erase_personal(AccountId account);

 private:
    AuditStore& store_;
    const crypto::Keyring& keyring_;
    const Clock& clock_;
    ratelimit::MemoryLimiter refusals_;
    ratelimit::MemoryLimiter of_strangers_;
    SignInCounts sign_ins_;
    std::shared_ptr<detail::Appender> appender_;
};

}  // namespace cardea::audit
