// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/operation.h"
#include "cardea/base/result.h"
#include "cardea/http/cookie.h"
#include "cardea/session/cookie.h"
#include "cardea/web/request.h"

#include <string>

namespace cardea::server {

/// The cookies of the server, named and scoped once at start.
struct Cookies {
    /// `domain` is the setting cookie.domain, empty for this host alone.
    [[nodiscard]] static Result<Cookies> make(bool https, const std::string& domain);

    session::SessionCookie session;
    http::CookieWriter flow;    ///< the sealed state of a flow under way; ten minutes
    http::CookieWriter device;  ///< a device that signed in before; a year
};

/// What limits, the audit log and the list of sessions know of the one who asks.
[[nodiscard]] account::RequestFacts facts_of(const web::Request& request, const Cookies& cookies);

}  // namespace cardea::server
