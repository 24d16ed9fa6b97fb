// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/cookies/url_safe.h"

#include <string>
#include <string_view>

namespace cardea::cookies {

/// django.core.signing since Django 3.1 (SHA-256): `payload:timestamp:signature`, JSON, compressed where that
/// is shorter. With the salt `session_salt` it is the session cookie of the signed_cookies backend, which is
/// readable, and replayable until it is too old.
class DjangoSigning {
 public:
    static constexpr std::string_view default_salt = "django.core.signing";
    static constexpr std::string_view session_salt = "django.contrib.sessions.backends.signed_cookies";

    /// SECRET_KEY is the newest, SECRET_KEY_FALLBACKS the older ones.
    explicit DjangoSigning(const SecretKeys& secrets, std::string_view salt = default_salt);

    /// signing.dumps(value, compress=True).
    [[nodiscard]] std::string dumps(const Json& value, Time now) const;

    /// Errors as UrlSafeTimedSerializer::loads. Unlike itsdangerous, Django counts parts of a second and
    /// takes a time in the future.
    [[nodiscard]] Result<TimedJson> loads(std::string_view text, Time now, MaxAge max_age) const;

 private:
    ItsdangerousSigner signer_;
};

/// Django's CSRF token as a form carries it: a mask of 32 letters and digits, then the secret of the cookie
/// (or session) shifted by it, so that it looks different in every response.
[[nodiscard]] Result<std::string> mask_django_csrf(std::string_view secret, Random& random);

/// Errc::csrf_rejected unless the token is a masked form of the secret, or the secret itself, which Django
/// takes too. Constant time.
[[nodiscard]] Result<> verify_django_csrf(std::string_view secret, std::string_view token);

}  // namespace cardea::cookies
