// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/service.h"
#include "cardea/base/clock.h"
#include "cardea/base/result.h"
#include "cardea/http/cookie.h"
#include "cardea/http/response.h"
#include "cardea/session/cookie.h"
#include "cardea/web/request.h"

#include <string>

namespace cardea::identity {

/// The cookies of the server, named and scoped once at start.
struct Cookies {
    /// `domain` is the setting cookie.domain, empty for this host alone.
    [[nodiscard]] static Result<Cookies> make(bool https, const std::string& domain);

    /// Hands out a session: its token goes to the browser here and nowhere else.
    void issue_session(
        http::Response& response,
        const session::SessionToken& token,
        const session::SessionRecord& record,
        Time now
    ) const;
    /// Hands out the session of a sign-in, and marks the browser as a known device. Whoever was on the way to
    /// a provider is there no more.
    void sign_in(
        http::Response& response, const web::Request& request, const account::SignedIn& signed_in, Time now
    ) const;
    /// Makes the browser forget the session, a way to a provider, and the pages that it kept.
    void sign_out(http::Response& response, const web::Request& request) const;

    session::SessionCookie session;
    http::CookieWriter flow;      ///< the sealed state of a flow under way; a day at most
    http::CookieWriter provider;  ///< the same of somebody who is at a provider; half an hour
    http::CookieWriter device;    ///< a device that signed in before; a year
};

/// What limits, the audit log and the list of sessions know of the one who asks.
[[nodiscard]] account::RequestFacts facts_of(const web::Request& request, const Cookies& cookies);

}  // namespace cardea::identity
