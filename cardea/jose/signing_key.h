// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/crypto/signature.h"
#include "cardea/jose/algorithm.h"
#include "cardea/jose/jwk.h"

#include <variant>

namespace cardea::jose {

/// A key that verifies signatures of the one algorithm it carries. Immutable, cheap to copy.
class VerificationKey {
 public:
    /// From a secret, a public key or a key pair that says its algorithm in `alg` or leaves only one (EC,
    /// Ed25519). Errc::unsupported for another `alg`; Errc::invalid when none is named, when the key does not
    /// go with it, when `use` or `key_ops` forbid it, and for an HMAC secret shorter than its hash (RFC 7518
    /// section 3.2).
    [[nodiscard]] static Result<VerificationKey> make(const Jwk& jwk);
    /// For an algorithm that the caller names; Errc::invalid too when the key says another.
    [[nodiscard]] static Result<VerificationKey> make(const Jwk& jwk, JwsAlgorithm algorithm);

    [[nodiscard]] JwsAlgorithm algorithm() const noexcept { return algorithm_; }
    /// Empty when it has none.
    [[nodiscard]] const std::string& kid() const noexcept { return kid_; }

    /// Errc::signature_invalid unless its owner signed this. An HMAC is compared in constant time.
    [[nodiscard]] Result<> verify(ByteView message, ByteView signature) const;

 private:
    using Secret = std::shared_ptr<const SecretText>;
    using Means = std::variant<Secret, crypto::Verifier>;

    VerificationKey(JwsAlgorithm algorithm, std::string kid, Means means) noexcept
        : algorithm_(algorithm), kid_(std::move(kid)), means_(std::move(means)) {}

    JwsAlgorithm algorithm_;
    std::string kid_;
    Means means_;
};

/// A key that signs with the one algorithm it carries. Immutable, cheap to copy.
class SigningKey {
 public:
    /// From a secret or a key pair, as VerificationKey::make. Errc::invalid for a public key too.
    [[nodiscard]] static Result<SigningKey> make(const Jwk& jwk);
    [[nodiscard]] static Result<SigningKey> make(const Jwk& jwk, JwsAlgorithm algorithm);

    [[nodiscard]] JwsAlgorithm algorithm() const noexcept { return algorithm_; }
    [[nodiscard]] const std::string& kid() const noexcept { return kid_; }

    /// Errc::internal when the crypto library cannot.
    [[nodiscard]] Result<Bytes> sign(ByteView message) const;

 private:
    using Secret = std::shared_ptr<const SecretText>;
    using Means = std::variant<Secret, crypto::Signer>;

    SigningKey(JwsAlgorithm algorithm, std::string kid, Means means) noexcept
        : algorithm_(algorithm), kid_(std::move(kid)), means_(std::move(means)) {}

    JwsAlgorithm algorithm_;
    std::string kid_;
    Means means_;
};

/// A new key for the algorithm, which it names, with its thumbprint for `kid`. An HMAC secret is as long as
/// the hash and comes from `random`; key pairs come from OpenSSL and libsodium, RSA with 2048 bits (0.1 s).
[[nodiscard]] Jwk generate_key(JwsAlgorithm algorithm, Random& random);

}  // namespace cardea::jose
