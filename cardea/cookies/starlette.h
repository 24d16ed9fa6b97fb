// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/cookies/itsdangerous.h"
#include "cardea/cookies/url_safe.h"

#include <string>
#include <string_view>

namespace cardea::cookies {

/// The session of Starlette's SessionMiddleware (FastAPI, Air): the whole session as JSON in base64, with the
/// time and a signature. Whoever has the cookie can read it, and a copy signs in until it is too old, after a
/// sign-out too.
///
/// Starlette before 1.0 writes the cookie with every response, so that its age runs from the last request;
/// from 1.0 on only when the session changed. Either reads what is written here.
class StarletteSession {
 public:
    static constexpr std::chrono::seconds default_max_age{14 * 24 * 60 * 60};

    /// The secret_key of the middleware, which has one; older ones still verify here.
    explicit StarletteSession(const SecretKeys& secrets) : signer_(secrets) {}

    /// Errc::invalid unless the session is a JSON object.
    [[nodiscard]] Result<std::string> encode(const Json& session, Time now) const;

    /// Errors as TimestampSigner::unsign; Errc::malformed when what was signed is no JSON object. (Starlette
    /// takes a list of pairs too, and answers 500 to everything else.)
    [[nodiscard]] Result<TimedJson> decode(
        std::string_view cookie, Time now, MaxAge max_age = default_max_age
    ) const;

 private:
    TimestampSigner signer_;
};

}  // namespace cardea::cookies
