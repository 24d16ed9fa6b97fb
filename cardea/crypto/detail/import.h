// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/crypto/detail/key_data.h"

/// Numbers and raw bytes, to and from the keys of OpenSSL.
namespace cardea::crypto::detail {

/// A number whose memory is wiped; never null.
[[nodiscard]] BigNumber to_number(ByteView big_endian);

/// Collects what EVP_PKEY_fromdata takes.
class KeyBuilder {
 public:
    KeyBuilder();
    KeyBuilder& add(const char* name, ByteView big_endian);
    KeyBuilder& add_text(const char* name, const char* text);
    KeyBuilder& add_bytes(const char* name, ByteView bytes);
    /// Null when OpenSSL refuses the key; `selection` is EVP_PKEY_PUBLIC_KEY or EVP_PKEY_KEYPAIR.
    [[nodiscard]] PkeyHandle build(const char* type, int selection);

 private:
    ParamBuilder builder_;
    std::vector<BigNumber> numbers_;  // live until build()
};

/// "P-256" and so on.
[[nodiscard]] const char* curve_name(KeyKind curve) noexcept;

/// A point of a NIST curve, uncompressed (SEC 1 section 2.3.3).
[[nodiscard]] Bytes uncompressed_point(ByteView x, ByteView y);

/// The key of OpenSSL through our own checks, whatever it came from. Errc::unsupported, Errc::invalid.
[[nodiscard]] Result<PublicKey> import_public(const EVP_PKEY* key);
[[nodiscard]] Result<PrivateKey> import_private(const EVP_PKEY* key);

/// Whether the modulus has the form that the faulty generator of CVE-2017-15361 made; a random modulus has it
/// once in 2^27.
[[nodiscard]] bool has_roca_fingerprint(ByteView modulus) noexcept;

}  // namespace cardea::crypto::detail
