// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/json.h"

#include "cardea/http/user_agent.h"
#include "cardea/session/policy.h"

namespace cardea::session {

void write_session_times(JsonWriter& json, const SessionRecord& session) {
    json.member("id", session.id)
        .member("transport", session.transport == Transport::cookie ? "cookie" : "bearer")
        .member("created_at", session.created_at)
        .member("last_seen_at", session.last_seen_at)
        .member("expires_at", ends_at(session, session.last_seen_at));
}

void write_session_client(JsonWriter& json, const SessionRecord& session) {
    json.member("device", http::describe_user_agent(session.user_agent))
        .member("address", session.client_address);
}

}  // namespace cardea::session
