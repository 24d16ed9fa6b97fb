// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/record.h"
#include "cardea/apikey/record.h"
#include "cardea/base/json_writer.h"
#include "cardea/session/record.h"

#include <span>
#include <string>
#include <string_view>

namespace cardea::identity {

/// The body of a registration: `{user}`.
[[nodiscard]] std::string user_json(const account::AccountRecord& account);

/// The body of GET /api/v1/session and of a sign-in with a cookie: `{user, session, csrf_token}`.
[[nodiscard]] std::string session_json(
    const account::AccountRecord& account, const session::SessionRecord& session, std::string_view csrf_token
);

/// The same for an API key: `{user, api_key}`, without what changes from use to use.
[[nodiscard]] std::string key_session_json(
    const account::AccountRecord& account, const apikey::ApiKeyRecord& key
);

/// The body of GET /api/v1/sessions; `current` is the one that asks.
[[nodiscard]] std::string sessions_json(std::span<const session::SessionRecord> sessions, SessionId current);

/// The body of a sign-in with `"transport": "bearer"`: `{token, expires_at}`.
[[nodiscard]] std::string bearer_json(std::string_view token, const session::SessionRecord& session);

}  // namespace cardea::identity
