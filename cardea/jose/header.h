// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/algorithm.h"

#include <optional>
#include <string>

namespace cardea::jose {

/// What is read of a JWS header (RFC 7515 section 4): `alg` and `kid` from either part of it, the rest from
/// the part that is signed. `jwk`, `jku`, `x5c` and `x5u` are not among it: whoever
/// made a token does not choose the key it is verified with.
struct JwsHeader {
    JwsAlgorithm algorithm{};
    std::optional<std::string> kid;
    std::string typ;
    std::string cty;
    bool b64 = true;  ///< RFC 7797: whether the payload is encoded before it is signed
};

}  // namespace cardea::jose
