// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/cookies/url_safe.h"
#include "cardea/cookies/uuid.h"

#include <string>
#include <string_view>

namespace cardea::cookies {

/// The id of a session and when its cookie was signed.
struct TimedUuid {
    Uuid id;
    Time signed_at;
};

/// The cookie of fastapi-sessions: the id of a session that lies in the application's own store, with the
/// time and a signature. It says nothing of the user, and removing the record ends it.
class FastapiSessionsCookie {
 public:
    static constexpr std::chrono::seconds default_max_age{14 * 24 * 60 * 60};

    /// The cookie's name is the salt, so that the id of one cookie does not pass for another's.
    FastapiSessionsCookie(const SecretKeys& secrets, std::string_view cookie_name);

    [[nodiscard]] std::string encode(const Uuid& id, Time now) const;

    /// Errors as UrlSafeTimedSerializer::loads; Errc::malformed when what was signed is no UUID in 32
    /// lower-case hexadecimal digits.
    [[nodiscard]] Result<TimedUuid> decode(
        std::string_view cookie, Time now, MaxAge max_age = default_max_age
    ) const;

 private:
    UrlSafeTimedSerializer serializer_;
};

}  // namespace cardea::cookies
