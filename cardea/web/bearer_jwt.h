// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/jwt.h"
#include "cardea/web/authentication.h"

#include <functional>
#include <memory>
#include <string>

namespace cardea::web {

/// Makes a user of the claims of a token that was found good. Errc::unauthenticated when it is nobody's.
using UserOfClaims = std::function<Result<User>(const jose::VerifiedClaims&)>;

/// `sub` is the user's id and must be there, `name` its name, and `scope` (RFC 8693 section 4.2) what it may
/// do.
[[nodiscard]] Result<User> user_of_claims(const jose::VerifiedClaims& claims);

/// Whose tokens are taken, and for whom they are made.
struct BearerJwtSettings {
    std::shared_ptr<const jose::KeySource> keys;
    jose::JwtRules rules;  ///< algorithms, issuer and audience: none of them has a default
    UserOfClaims user = user_of_claims;
};

/// Users by the tokens of somebody else, such as an OpenID provider: `Authorization: Bearer JWT`. For tokens
/// that the program issues itself there is Tokens.
[[nodiscard]] std::shared_ptr<AuthenticationBackend> bearer_jwt(BearerJwtSettings settings);

}  // namespace cardea::web
