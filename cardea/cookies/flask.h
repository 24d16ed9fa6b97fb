// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/cookies/flask_tags.h"
#include "cardea/cookies/url_safe.h"

#include <string>
#include <string_view>

namespace cardea::cookies {

/// Flask's own session (SecureCookieSessionInterface): the whole session as tagged JSON (flask_tags.h),
/// compressed where that is shorter, with the time and a signature. Whoever has the cookie can read it, and a
/// copy signs in until it is too old, after a sign-out too.
///
/// Flask gives a cookie of its own an end when the session says `"_permanent": true`, and always refuses one
/// that is older than PERMANENT_SESSION_LIFETIME.
class FlaskSession {
 public:
    static constexpr std::chrono::seconds default_max_age{31 * 24 * 60 * 60};

    /// SECRET_KEY is the newest, SECRET_KEY_FALLBACKS the older ones.
    explicit FlaskSession(const SecretKeys& secrets);

    /// Members come out sorted, as Flask writes them within a request. Errc::invalid unless the session is a
    /// JSON object whose tagged values are right.
    [[nodiscard]] Result<std::string> encode(const Json& session, Time now) const;

    /// Errors as UrlSafeTimedSerializer::loads; Errc::malformed when what was signed is no session.
    [[nodiscard]] Result<TimedJson> decode(
        std::string_view cookie, Time now, MaxAge max_age = default_max_age
    ) const;

 private:
    UrlSafeTimedSerializer serializer_;
};

}  // namespace cardea::cookies
