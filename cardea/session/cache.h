// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/revocable_cache.h"
#include "cardea/session/live_session.h"
#include "cardea/session/store.h"
#include "cardea/session/token.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace cardea::session {

/// The validated sessions of this process: a RevocableCache, which has the proof that a revoked session is
/// never accepted, and what is asked of a session besides. Thread-safe.
class SessionCache {
 public:
    explicit SessionCache(CacheLimits limits = {}) : cache_(limits) {}

    /// The session, if it is here, not dropped, of that transport and live at `now`; otherwise null, which
    /// means "ask the store". When this thread has asked for it before, this takes no lock, allocates nothing
    /// and, but for the time it was last seen (once a minute), writes nothing that other threads read.
    [[nodiscard]] SessionPointer find(const Credential& credential, Time now);

    /// The number to note before the store is read.
    [[nodiscard]] std::uint64_t begin_fill() const noexcept { return cache_.begin_fill(); }
    /// Takes a session in as seen at `now`; null when it was dropped since begin_fill(), so that it must be
    /// read again.
    [[nodiscard]] SessionPointer finish_fill(
        std::uint64_t noted, SessionRecord record, std::shared_ptr<const Subject> subject, Time now
    );

    /// Moves `last_seen_at` of a row forward to what this process knows: the row follows a minute later.
    void update_last_seen(SessionRecord& record) {
        const std::optional<Time> seen = cache_.find_last_seen(record.token_hash);
        record.last_seen_at = std::max(record.last_seen_at, seen.value_or(record.last_seen_at));
    }

    /// From the return on, nothing that was read before the call is accepted. Call it after the store
    /// answered.
    void drop(const TokenHash& token_hash) noexcept { cache_.drop(token_hash); }
    void drop(const AccountId& account) noexcept { cache_.drop(account); }
    void drop_all() noexcept { cache_.drop_all(); }

    /// The sessions seen since the last call, each at most once a minute (or an eighth of its idle time).
    [[nodiscard]] std::vector<Touch> take_touches() { return cache_.take_touches(); }

 private:
    void see(const LiveSession& session, Time now);

    RevocableCache<LiveSession> cache_;
};

}  // namespace cardea::session
