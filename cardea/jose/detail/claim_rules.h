// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/jwt.h"

namespace cardea::jose::detail {

inline constexpr JsonLimits claim_limits{
    .bytes = std::size_t{64} << 10U, .depth = 16, .values = 5000, .members = 200
};

/// Whether the claims are of their types and good at `now`, in this order: exp, nbf, iat, iss, aud. Errors as
/// JwtVerifier says.
[[nodiscard]] Result<> check_claims(const Json& claims, const JwtRules& rules, Time now);

/// Whether claims may be signed: of their types, with an expiry, and good for some time. Errors as sign_jwt
/// says.
[[nodiscard]] Result<> check_new_claims(const Json& claims, bool requires_expiry);

/// nullopt when it is absent or no time.
[[nodiscard]] std::optional<Time> find_time(const Json& claims, std::string_view name);

}  // namespace cardea::jose::detail
