// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/crypto/keyring.h"
#include "cardea/jose/jwt.h"
#include "cardea/jose/key_source.h"

#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

/// Signs and verifies one kind of token with keys derived from the program's secrets: the newest signs, older
/// ones verify. Immutable, thread-safe.
class TokenSigner {
 public:
    /// Who makes the tokens, and for whom: both are written into each and asked of each.
    struct Parties {
        std::string issuer;
        std::string audience;
    };

    /// `typ` and `purpose` are this kind's alone.
    TokenSigner(const crypto::Keyring& keyring, crypto::Purpose purpose, std::string typ, Parties parties);

    /// Adds `iss` and `aud`. Errc::too_large for claims that fit no token.
    [[nodiscard]] Result<std::string> sign(jose::Claims claims) const;
    [[nodiscard]] Result<jose::VerifiedClaims> verify(std::string_view token, Time now) const {
        return verifier_.verify(token, now);
    }

 private:
    std::string typ_;
    Parties parties_;
    std::vector<jose::SigningKey> signing_;  ///< newest first
    jose::KeySet keys_;
    jose::JwtVerifier verifier_;
};

}  // namespace cardea::web
