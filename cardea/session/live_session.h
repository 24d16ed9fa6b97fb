// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/session/policy.h"
#include "cardea/session/subject.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

namespace cardea::session {

/// A session that was found valid, shared by the requests that use it. Thread-safe.
class LiveSession {
 public:
    /// `noted` is the cache's sequence number from before the row was read (see SessionCache).
    LiveSession(SessionRecord record, std::shared_ptr<const Subject> subject, std::uint64_t noted)
        : record_(std::move(record)),
          subject_(std::move(subject)),
          noted_(noted),
          last_seen_(record_.last_seen_at.time_since_epoch().count()) {}

    /// The row as it was read; use last_seen_at() for the time that moves.
    [[nodiscard]] const SessionRecord& record() const noexcept { return record_; }
    [[nodiscard]] const Subject& subject() const noexcept { return *subject_; }
    [[nodiscard]] Time last_seen_at() const noexcept {
        return Time(Duration(last_seen_.load(std::memory_order_relaxed)));
    }
    [[nodiscard]] Time ends_at() const noexcept { return session::ends_at(record_, last_seen_at()); }

 private:
    friend class SessionCache;

    /// True for the one caller that moved it from `from` to `to`.
    bool move_last_seen(Time from, Time to) const noexcept {
        Duration::rep expected = from.time_since_epoch().count();
        return last_seen_.compare_exchange_strong(
            expected, to.time_since_epoch().count(), std::memory_order_relaxed
        );
    }

    SessionRecord record_;
    std::shared_ptr<const Subject> subject_;
    std::uint64_t noted_;
    mutable std::atomic<Duration::rep> last_seen_;
};

using SessionPointer = std::shared_ptr<const LiveSession>;

}  // namespace cardea::session
