// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/cache.h"

#include <algorithm>
#include <utility>

namespace cardea::session {

namespace {

bool is_usable(const LiveSession& session, Transport transport, Time now) noexcept {
    const SessionRecord& record = session.record();
    return record.transport == transport && decide(record, session.last_seen_at(), now) == Liveness::live;
}

}  // namespace

SessionPointer SessionCache::find(const Credential& credential, Time now) {
    SessionPointer session = cache_.find(credential.token_hash);
    if (session && !is_usable(*session, credential.transport, now)) {
        session = nullptr;
    }
    if (session) {
        see(*session, now);
    }
    return session;
}

SessionPointer SessionCache::finish_fill(
    std::uint64_t noted, SessionRecord record, std::shared_ptr<const Subject> subject, Time now
) {
    SessionPointer session =
        cache_.finish_fill(std::make_shared<const LiveSession>(std::move(record), std::move(subject), noted));
    if (session) {
        see(*session, now);
    }
    return session;
}

/// At most once a minute, yet so often that a session in use never looks idle in the store.
void SessionCache::see(const LiveSession& session, Time now) {
    cache_.see(session, now, std::min<Duration>(std::chrono::minutes(1), session.record().idle / 8));
}

}  // namespace cardea::session
