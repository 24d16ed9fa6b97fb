// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/revocable_cache.h"
#include "cardea/session/policy.h"
#include "cardea/session/store.h"
#include "cardea/session/subject.h"

#include <cstdint>
#include <memory>
#include <utility>

namespace cardea::session {

/// A session that was found valid, shared by the requests that use it. Thread-safe.
class LiveSession : public CacheEntry {
 public:
    using Touch = session::Touch;

    /// `noted` is the cache's sequence number from before the row was read (see SessionCache).
    LiveSession(SessionRecord record, std::shared_ptr<const Subject> subject, std::uint64_t noted)
        : CacheEntry(record.last_seen_at, noted), record_(std::move(record)), subject_(std::move(subject)) {}

    /// The row as it was read; use last_seen_at() for the time that moves.
    [[nodiscard]] const SessionRecord& record() const noexcept { return record_; }
    [[nodiscard]] const TokenHash& hash() const noexcept { return record_.token_hash; }
    [[nodiscard]] const AccountId& account() const noexcept { return record_.account; }
    [[nodiscard]] const Subject& subject() const noexcept { return *subject_; }
    [[nodiscard]] Time ends_at() const noexcept { return session::ends_at(record_, last_seen_at()); }

 private:
    SessionRecord record_;
    std::shared_ptr<const Subject> subject_;
};

/// A session that was found valid; shared by the cache and the requests that use it.
using SessionPointer = std::shared_ptr<const LiveSession>;

}  // namespace cardea::session
