// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/http/cookie.h"
#include "cardea/http/request.h"
#include "cardea/session/record.h"
#include "cardea/session/token.h"

#include <optional>
#include <string>
#include <utility>

namespace cardea::session {

/// Where the session cookie is sent to.
struct CookieOptions {
    bool secure = true;  ///< false only where the server's own address is plain http on localhost
    std::string domain;  ///< empty: this host alone; otherwise sibling hosts get it, and can set it
};

/// The session cookie's text: `__Host-cardea-session`, or `__Secure-cardea-session` with a domain, or
/// `cardea-session` where there is no https. Secure, HttpOnly, SameSite=Lax, Path=/. The cookie's own
/// lifetime is a convenience for the browser; the record decides.
class SessionCookie {
 public:
    /// Errc::invalid when the domain is not one that a cookie can have.
    [[nodiscard]] static Result<SessionCookie> make(const CookieOptions& options);

    [[nodiscard]] const std::string& name() const noexcept { return writer_.name(); }

    /// The value of the Set-Cookie header that hands out a token. A persistent session's cookie lasts until
    /// the session's absolute end.
    [[nodiscard]] std::string issue(const SessionToken& token, const SessionRecord& record, Time now) const;
    /// The value of the Set-Cookie header that makes the browser forget.
    [[nodiscard]] std::string clear() const { return writer_.clear(); }

    /// Whether a request carries the cookie, whatever it holds.
    [[nodiscard]] bool is_in(const http::Request& request) const noexcept;

    /// The credential that a request carries, if any, in the cookie or as `Authorization: Bearer`. A cookie
    /// or bearer value that is no session token counts as none: it belongs to somebody else, or to the past.
    /// Errc::ambiguous_credentials when both are there, whatever they hold, or the cookie twice.
    [[nodiscard]] Result<std::optional<Credential>> extract(const http::Request& request) const;

 private:
    explicit SessionCookie(http::CookieWriter writer) : writer_(std::move(writer)) {}

    http::CookieWriter writer_;
};

}  // namespace cardea::session
