// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/cookies/url_safe.h"

#include <string>
#include <string_view>

namespace cardea::cookies {

/// Flask-WTF's CSRF token (CSRFProtect): a random value that the Flask session holds as "csrf_token", with
/// the time and a signature. A page gets the token, the session keeps the value. A token may be used any
/// number of times within its hour; requests that a browser says are from another site are refused better by
/// csrf/decide.h, before any token is looked at.
class FlaskWtfToken {
 public:
    static constexpr std::chrono::seconds default_max_age{3600};

    /// WTF_CSRF_SECRET_KEY, which is SECRET_KEY unless it is set.
    explicit FlaskWtfToken(const SecretKeys& secrets);

    /// A new value for the session: 160 random bits as 40 hexadecimal digits.
    [[nodiscard]] static std::string make_session_value(Random& random);

    [[nodiscard]] std::string make(std::string_view session_value, Time now) const;

    /// Errc::csrf_rejected unless the token was made for this session's value and is not too old; the
    /// context is Flask-WTF's own sentence. Constant time. An empty session value never verifies.
    [[nodiscard]] Result<> verify(
        std::string_view session_value, std::string_view token, Time now, MaxAge max_age = default_max_age
    ) const;

 private:
    UrlSafeTimedSerializer serializer_;
};

}  // namespace cardea::cookies
