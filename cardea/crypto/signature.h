// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/crypto/digest.h"
#include "cardea/crypto/key.h"

#include <array>
#include <span>

namespace cardea::crypto {

/// A way to sign, with everything that goes into it: PSS has MGF1 with the same hash function and a salt as
/// long as its digest (RFC 7518 section 3.5); ECDSA signatures are r and s side by side, each as long as the
/// curve's order (section 3.4); Ed25519 is the pure form (RFC 8032).
enum class SignatureAlgorithm : std::uint8_t {
    rsa_pkcs1_sha256,
    rsa_pkcs1_sha384,
    rsa_pkcs1_sha512,
    rsa_pss_sha256,
    rsa_pss_sha384,
    rsa_pss_sha512,
    ecdsa_p256_sha256,
    ecdsa_p384_sha384,
    ecdsa_p521_sha512,
    ed25519,
};

/// The only kind of key it goes with.
[[nodiscard]] KeyKind key_kind(SignatureAlgorithm algorithm) noexcept;

namespace detail {
struct PreparedKey;
}

/// A public key made ready for one algorithm, so that verifying costs no more than the operation itself.
/// Immutable and shared by its copies; any thread may use it.
class Verifier {
 public:
    /// Errc::invalid when the key is of another kind.
    [[nodiscard]] static Result<Verifier> make(const PublicKey& key, SignatureAlgorithm algorithm);

    /// Errc::signature_invalid unless the key's owner signed this message with this algorithm.
    [[nodiscard]] Result<> verify(ByteView message, ByteView signature) const;

 private:
    explicit Verifier(std::shared_ptr<const detail::PreparedKey> key) noexcept : key_(std::move(key)) {}

    std::shared_ptr<const detail::PreparedKey> key_;  // never null
};

/// A private key made ready for one algorithm. Immutable and shared by its copies; any thread may use it.
class Signer {
 public:
    /// Errc::invalid when the key is of another kind.
    [[nodiscard]] static Result<Signer> make(const PrivateKey& key, SignatureAlgorithm algorithm);

    /// Errc::internal when the library cannot (no randomness, no memory).
    [[nodiscard]] Result<Bytes> sign(ByteView message) const;

 private:
    explicit Signer(std::shared_ptr<const detail::PreparedKey> key) noexcept : key_(std::move(key)) {}

    std::shared_ptr<const detail::PreparedKey> key_;  // never null
};

}  // namespace cardea::crypto
