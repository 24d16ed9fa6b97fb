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

    SessionRecord record_;
    std::shared_ptr<const Subject> subject_;
    std::uint64_t noted_;
    mutable std::atomic<Duration::rep> last_seen_;
};

}  // namespace cardea::session
