// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/jwt.h"
#include "cardea/web/authentication.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cardea::web {

/// Makes a user of the claims of a token that was found good. Errc::unauthenticated when it is nobody's.
using UserOfClaims = std::function<Result<User>(const jose::VerifiedClaims&)>;

/// `true` in a token that stands for its scopes alone (User::is_limited). Tokens writes it.
inline constexpr std::string_view limited_claim = "limited";

/// `sub` is the user's id and must be there, `name` its name, `scope` (RFC 8693 section 4.2) what it may do,
/// and `limited` whether it may do nothing else. The id is unique among the tokens of one issuer.
[[nodiscard]] Result<User> user_of_claims(const jose::VerifiedClaims& claims);

/// Whose tokens are taken, and for whom they are made.
struct BearerJwtOptions {
    /// Such as an oauth::RemoteKeySet, whose keys are fetched when a token needs them.
    std::shared_ptr<const jose::KeySource> keys;
    jose::JwtRules rules;  ///< algorithms, issuer and audience: none of them has a default
    /// Empty: user_of_claims(). Where tokens of several issuers are taken it must be given, and make an id of
    /// the issuer and the subject: two issuers may give the same `sub` to two people.
    UserOfClaims user;
};

/// Users by the tokens of somebody else, such as an OpenID provider: `Authorization: Bearer JWT`. For tokens
/// that the program issues itself there is Tokens. Without keys, or with several issuers and no `user`, the
/// App does not start; while keys cannot be fetched and none are at hand, a request with a token is 503.
[[nodiscard]] std::shared_ptr<AuthenticationBackend> bearer_jwt(BearerJwtOptions options);

}  // namespace cardea::web
