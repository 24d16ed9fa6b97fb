// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"
#include "cardea/jose/jwt.h"
#include "cardea/oauth/provider.h"

#include <optional>
#include <string>

namespace cardea::oauth {

/// By how much the provider's clock may differ from ours.
inline constexpr Duration id_token_leeway = std::chrono::seconds(60);

/// Where an ID token came from, and what it has to agree with besides the options.
struct IdTokenContext {
    Time now;
    /// Of the authorization request. nullopt for an ID token that a refresh brought.
    std::optional<std::string> nonce;
    /// What came beside it: a hash of it may stand in the token (`at_hash`).
    const SecretText& access_token;
    /// When the person has to have signed in there at the earliest; nullopt: whenever.
    std::optional<Time> sign_in_since = std::nullopt;
};

/// The claims of an ID token after every check of OpenID Connect Core section 3.1.3.7: signature with an
/// algorithm of the options, `iss`, `aud`, `azp`, `exp`, `iat`, `nonce`, `at_hash`, `auth_time` where a
/// recent sign-in was asked for, and a `sub`. The errors are those of jose::JwtVerifier, with
/// Errc::signature_invalid for a key that the provider does not publish; Errc::step_up_required when the
/// sign-in there is too old, or the token does not say when it was; Errc::invalid when anything else does not
/// agree.
[[nodiscard]] Result<jose::VerifiedClaims> verify_id_token(
    std::string_view id_token,
    const ProviderOptions& options,
    const jose::KeySource& keys,
    const IdTokenContext& context
);

}  // namespace cardea::oauth
