// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/jwe_algorithm.h"
#include "cardea/jose/jwk.h"

#include <optional>
#include <utility>

namespace cardea::jose {

namespace detail {

/// A JWK and the one algorithm of JWE that it is for.
class JweKey {
 public:
    [[nodiscard]] const Jwk& jwk() const noexcept { return jwk_; }
    [[nodiscard]] JweAlgorithm algorithm() const noexcept { return algorithm_; }
    /// Of a key of dir: the one encryption it is for.
    [[nodiscard]] std::optional<ContentEncryption> encryption() const noexcept { return encryption_; }

 protected:
    JweKey(Jwk jwk, JweAlgorithm algorithm, std::optional<ContentEncryption> encryption)
        : jwk_(std::move(jwk)), algorithm_(algorithm), encryption_(encryption) {}

 private:
    Jwk jwk_;
    JweAlgorithm algorithm_;
    std::optional<ContentEncryption> encryption_;
};

}  // namespace detail

/// What a JWE is written with: a key both sides share, or the reader's public one, for one algorithm. Copying
/// is cheap.
class EncryptionKey : public detail::JweKey {
 public:
    /// For the algorithm that the JWK names in `alg`; for dir that is the encryption, as "A256GCM" (RFC 7520
    /// section 5.6). Errc::unsupported for another name; Errc::invalid when there is none, and as below.
    [[nodiscard]] static Result<EncryptionKey> make(const Jwk& jwk);

    /// For every algorithm but dir. Errc::invalid when the JWK is of another kind or size than the algorithm
    /// takes, or says that it is for something else (`alg`, `use`, `key_ops`).
    [[nodiscard]] static Result<EncryptionKey> make(const Jwk& jwk, JweAlgorithm algorithm);

    /// For dir, where the shared key encrypts the content itself: key_size(encryption) random bytes.
    /// Errc::invalid likewise. With AES-GCM such a key, like one of A*GCMKW, is for 2^32 messages at most
    /// (RFC 7518 section 8.4): its nonces are drawn at random.
    [[nodiscard]] static Result<EncryptionKey> direct(const Jwk& jwk, ContentEncryption encryption);

 private:
    using JweKey::JweKey;
};

/// What a JWE is read with: a key both sides share, or the reader's private one, for one algorithm.
class DecryptionKey : public detail::JweKey {
 public:
    /// As for EncryptionKey.
    [[nodiscard]] static Result<DecryptionKey> make(const Jwk& jwk);
    [[nodiscard]] static Result<DecryptionKey> make(const Jwk& jwk, JweAlgorithm algorithm);
    [[nodiscard]] static Result<DecryptionKey> direct(const Jwk& jwk, ContentEncryption encryption);

 private:
    using JweKey::JweKey;
};

}  // namespace cardea::jose
