// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/session/cookie.h"
#include "cardea/session/service.h"
#include "cardea/web/middleware.h"

#include <memory>

namespace cardea::web {

/// Finds out who is asking, by the session cookie or a bearer token, and puts the live session into each
/// request of a route that is not anonymous. A session in the cache costs no waiting. No session, or one that
/// ended, is nobody; two credentials at once are a 400, and a store that cannot answer is a 503, never a 401.
/// `service` and `cookie` outlive the App.
[[nodiscard]] std::unique_ptr<Middleware> account_sessions(
    session::SessionService& service, const session::SessionCookie& cookie
);

}  // namespace cardea::web
