// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/token_signer.h"

#include "cardea/base/assert.h"
#include "cardea/base/base64url.h"
#include "cardea/jose/jwk.h"

#include <utility>

namespace cardea::web {
namespace {

constexpr jose::JwsAlgorithm algorithm = jose::JwsAlgorithm::hs256;

std::vector<jose::Jwk> jwks_of(const crypto::Keyring& keyring, crypto::Purpose purpose) {
    std::vector<jose::Jwk> jwks;
    for (const crypto::DerivedKey& derived : keyring.derive_all(purpose)) {
        Result<jose::Jwk> jwk = jose::Jwk::symmetric(SecretText(base64url_encode(derived.key.expose())));
        CARDEA_ASSERT(jwk);
        jwk->set_kid(derived.id).set_alg(jose::name(algorithm));
        jwks.push_back(std::move(*jwk));
    }
    return jwks;
}

std::vector<jose::SigningKey> signing_keys(const std::vector<jose::Jwk>& jwks) {
    std::vector<jose::SigningKey> keys;
    keys.reserve(jwks.size());
    for (const jose::Jwk& jwk : jwks) {
        keys.push_back(jose::SigningKey::make(jwk).value());
    }
    return keys;
}

std::vector<jose::VerificationKey> verification_keys(const std::vector<jose::Jwk>& jwks) {
    std::vector<jose::VerificationKey> keys;
    keys.reserve(jwks.size());
    for (const jose::Jwk& jwk : jwks) {
        keys.push_back(jose::VerificationKey::make(jwk).value());
    }
    return keys;
}

}  // namespace

TokenSigner::TokenSigner(
    const crypto::Keyring& keyring, crypto::Purpose purpose, std::string typ, Parties parties
)
    : typ_(std::move(typ)),
      parties_(std::move(parties)),
      signing_(signing_keys(jwks_of(keyring, purpose))),
      keys_(verification_keys(jwks_of(keyring, purpose))),
      verifier_(
          keys_,
          {.algorithms = algorithm,
           .issuer = jose::Accepted::only(parties_.issuer),
           .audience = jose::Accepted::only(parties_.audience),
           .typ = typ_}
      ) {}

Result<std::string> TokenSigner::sign(jose::Claims claims) const {
    claims.issuer(parties_.issuer).audience(parties_.audience);
    return jose::sign_jwt(signing_.front(), claims, {.typ = typ_});
}

}  // namespace cardea::web
