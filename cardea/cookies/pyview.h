// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/cookies/url_safe.h"

#include <string>
#include <string_view>

namespace cardea::cookies {

/// The two tokens that PyView writes into a page and wants back when its socket joins. Both are signed with
/// PYVIEW_SECRET. The session token is the whole session, readable in the page's source, and good for ever:
/// treat what it says as stale, and ask the session cookie who is there. PyView's session cookie is
/// Starlette's (starlette.h).
class PyviewTokens {
 public:
    static constexpr std::chrono::seconds csrf_max_age{3600};

    explicit PyviewTokens(const SecretKeys& secrets);

    /// `data-phx-session`. Errc::invalid unless the session is a JSON object.
    [[nodiscard]] Result<std::string> encode_session(const Json& session) const;
    /// Errors as UrlSafeSerializer::loads; Errc::malformed when what was signed is no JSON object.
    [[nodiscard]] Result<Json> decode_session(std::string_view token) const;

    /// `_csrf_token`, bound to a topic ("lv:phx-...") and to nobody.
    [[nodiscard]] std::string make_csrf(std::string_view topic, Time now) const;
    /// Errc::csrf_rejected unless the token was made for this topic within the last hour. Constant time.
    [[nodiscard]] Result<> verify_csrf(std::string_view topic, std::string_view token, Time now) const;

 private:
    UrlSafeSerializer sessions_;
    UrlSafeTimedSerializer csrf_;
};

}  // namespace cardea::cookies
