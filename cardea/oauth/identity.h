// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/result.h"

#include <string>
#include <string_view>

namespace cardea::oauth {

/// Who signed in, as the provider tells it. `issuer` and `subject` together name the person, for ever; every
/// other member may change, and an address that is not verified may be somebody else's.
struct Identity {
    std::string issuer;
    std::string subject;
    std::string email;  ///< empty when it is not told
    bool is_email_verified = false;
    std::string name;
    std::string username;  ///< `preferred_username`
    std::string picture;
    Json claims;  ///< all that was told
};

/// What standard claims say (OpenID Connect Core section 5.1), of an ID token or the userinfo endpoint.
/// Errc::malformed without a `sub` of 1 to 255 bytes.
[[nodiscard]] Result<Identity> identity_from_claims(std::string_view issuer, const Json& claims);

/// Adds what the userinfo endpoint says to what the ID token said, which counts where both say something.
/// Errc::invalid when its `sub` is another one (OpenID Connect Core section 5.3.2).
[[nodiscard]] Result<Identity> add_userinfo(const Identity& identity, const Json& userinfo);

/// What GitHub's GET /user and GET /user/emails say. Only the primary address counts, and `id` is the
/// subject: the login can change hands. Errc::malformed.
[[nodiscard]] Result<Identity> identity_from_github(
    std::string_view issuer, const Json& user, const Json& emails
);

}  // namespace cardea::oauth
