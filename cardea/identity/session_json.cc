// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/session_json.h"

#include "cardea/apikey/json.h"
#include "cardea/session/json.h"
#include "cardea/session/policy.h"

namespace cardea::identity {
namespace {

std::optional<std::string_view> text_or_null(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

void write_user(JsonWriter& json, const account::AccountRecord& account) {
    json.key("user")
        .begin_object()
        .member("id", account.id)
        .member("email", text_or_null(account.email))
        .member("username", text_or_null(account.username))
        .member("name", text_or_null(account.name))
        .end_object();
}

}  // namespace

std::string user_json(const account::AccountRecord& account) {
    std::string body;
    JsonWriter json(body);
    json.begin_object();
    write_user(json, account);
    json.end_object();
    return body;
}

std::string session_json(
    const account::AccountRecord& account, const session::SessionRecord& session, std::string_view csrf_token
) {
    std::string body;
    JsonWriter json(body);
    json.begin_object();
    write_user(json, account);
    json.key("session").begin_object();
    session::write_session_times(json, session);
    json.end_object();
    json.member("csrf_token", csrf_token).end_object();
    return body;
}

std::string key_session_json(const account::AccountRecord& account, const apikey::ApiKeyRecord& key) {
    std::string body;
    JsonWriter json(body);
    json.begin_object();
    write_user(json, account);
    json.key("api_key").begin_object().member("id", key.id).member("name", key.name);
    apikey::write_scopes(json, key);
    json.member("expires_at", key.expires_at).end_object().end_object();
    return body;
}

std::string sessions_json(std::span<const session::SessionRecord> sessions, SessionId current) {
    std::string body;
    JsonWriter json(body);
    json.begin_object().key("sessions").begin_array();
    for (const session::SessionRecord& session : sessions) {
        json.begin_object();
        session::write_session_times(json, session);
        session::write_session_client(json, session);
        json.member("current", session.id == current).end_object();
    }
    json.end_array().end_object();
    return body;
}

std::string bearer_json(std::string_view token, const session::SessionRecord& session) {
    std::string body;
    JsonWriter json(body);
    json.begin_object()
        .member("token", token)
        .member("expires_at", session::ends_at(session, session.last_seen_at))
        .end_object();
    return body;
}

}  // namespace cardea::identity
