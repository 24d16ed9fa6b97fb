// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/service.h"
#include "cardea/session/cookie.h"
#include "cardea/web/middleware.h"

#include <memory>

namespace cardea::web {

/// Takes API keys, as `X-API-Key` or `Authorization: Bearer`, and nowhere else: never from a query or a
/// cookie. Puts the live key into each request of a route that is not anonymous; routes say by their guard
/// whether a key is enough. A mistyped key is refused by its checksum, one in the cache costs no waiting. A
/// key beside the session cookie, a bearer token or another key is a 400, and a store that cannot answer is a
/// 503, never a 401. Goes with web::account_sessions, after it. `service` and `cookie` outlive the App.
[[nodiscard]] std::unique_ptr<Middleware> account_api_keys(
    apikey::ApiKeyService& service, const session::SessionCookie& cookie
);

}  // namespace cardea::web
