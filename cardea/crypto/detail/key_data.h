// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/crypto/detail/openssl.h"
#include "cardea/crypto/key.h"

namespace cardea::crypto::detail {

struct PublicKeyData {
    KeyKind kind;
    Bytes first;   ///< n or x
    Bytes second;  ///< e or y
    PkeyHandle handle;
};

struct RsaFactors {
    SecretText p, q, dp, dq, qi;
};

struct PrivateKeyData {
    PublicKey public_key;
    SecretText d;
    PkeyHandle handle;
    RsaFactors factors = {};  ///< of RSA
};

inline const PublicKeyData& data_of(const PublicKey& key) noexcept {
    return *key.data_;
}
inline const PrivateKeyData& data_of(const PrivateKey& key) noexcept {
    return *key.data_;
}

/// What OpenSSL works with, for RSA and the NIST curves; null for Ed25519 and X25519, which libsodium does
/// from the raw bytes.
[[nodiscard]] inline EVP_PKEY* handle(const PublicKey& key) noexcept {
    return data_of(key).handle.get();
}
[[nodiscard]] inline EVP_PKEY* handle(const PrivateKey& key) noexcept {
    return data_of(key).handle.get();
}

}  // namespace cardea::crypto::detail
