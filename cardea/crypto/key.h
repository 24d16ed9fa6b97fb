// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cardea::crypto {

class PublicKey;
class PrivateKey;

namespace detail {
struct PublicKeyData;
struct PrivateKeyData;
const PublicKeyData& data_of(const PublicKey& key) noexcept;
const PrivateKeyData& data_of(const PrivateKey& key) noexcept;
}  // namespace detail

/// What an asymmetric key is for and over: RSA, the NIST curves, Ed25519 (signatures), X25519 (agreement).
enum class KeyKind : std::uint8_t { rsa, p256, p384, p521, ed25519, x25519 };

/// Whether the key is a point on a curve of NIST (FIPS 186), which have coordinates; the other curves have
/// raw keys.
[[nodiscard]] constexpr bool is_nist_curve(KeyKind kind) noexcept {
    return kind == KeyKind::p256 || kind == KeyKind::p384 || kind == KeyKind::p521;
}

/// The bytes of a coordinate, a scalar or a raw key: 32, 48 or 66; 0 for RSA.
[[nodiscard]] std::size_t coordinate_size(KeyKind kind) noexcept;

/// How long an RSA modulus may be: shorter ones are broken, longer ones are a way to keep a server busy.
inline constexpr unsigned min_rsa_bits = 2048;
inline constexpr unsigned max_rsa_bits = 8192;

/// A public key that was checked when it was made: a curve's point lies on its curve, an RSA modulus has 2048
/// to 8192 bits and not the fingerprint of ROCA (CVE-2017-15361), its exponent is odd, at least 65537 and at
/// most 64 bits long. Immutable and shared by its copies: copying is cheap, any thread may use it.
class PublicKey {
 public:
    /// Big-endian numbers without leading zeros (RFC 7518 section 6.3.1). Errc::invalid.
    [[nodiscard]] static Result<PublicKey> rsa(ByteView n, ByteView e);
    /// The coordinates of a point on a NIST curve, in full length. Errc::invalid.
    [[nodiscard]] static Result<PublicKey> ec(KeyKind curve, ByteView x, ByteView y);
    /// The 32 bytes of an Ed25519 or X25519 key (RFC 8032, RFC 7748). Errc::invalid.
    [[nodiscard]] static Result<PublicKey> okp(KeyKind curve, ByteView x);

    /// "PUBLIC KEY" (SubjectPublicKeyInfo) or "RSA PUBLIC KEY". Errc::malformed; Errc::unsupported for
    /// another kind of key; Errc::invalid.
    [[nodiscard]] static Result<PublicKey> from_pem(std::string_view pem);
    [[nodiscard]] std::string to_pem() const;  ///< as SubjectPublicKeyInfo

    [[nodiscard]] KeyKind kind() const noexcept;
    [[nodiscard]] ByteView n() const noexcept;  ///< of RSA, otherwise empty
    [[nodiscard]] ByteView e() const noexcept;  ///< of RSA, otherwise empty
    [[nodiscard]] ByteView x() const noexcept;  ///< of a curve, otherwise empty
    [[nodiscard]] ByteView y() const noexcept;  ///< of a NIST curve, otherwise empty

    friend bool operator==(const PublicKey& a, const PublicKey& b) noexcept;

 private:
    friend const detail::PublicKeyData& detail::data_of(const PublicKey& key) noexcept;
    explicit PublicKey(std::shared_ptr<const detail::PublicKeyData> data) noexcept : data_(std::move(data)) {}

    std::shared_ptr<const detail::PublicKeyData> data_;  // never null
};

/// The numbers of an RSA private key, big-endian without leading zeros (RFC 7518 section 6.3.2).
struct RsaNumbers {
    ByteView n, e, d, p, q, dp, dq, qi;
};

/// A private key with its public half, checked to belong together. Immutable and shared by its copies; the
/// secret is wiped with the last of them. Keys, nonces and salts come from OpenSSL's and libsodium's
/// generators, which take no other.
class PrivateKey {
 public:
    /// A new key on a curve.
    [[nodiscard]] static PrivateKey generate(KeyKind curve);
    /// A new RSA key with the exponent 65537: 0.1 s and more. Errc::invalid beyond the limits of its size.
    [[nodiscard]] static Result<PrivateKey> generate_rsa(unsigned bits = min_rsa_bits);

    /// Errc::invalid, as for PublicKey, and when the halves do not belong together.
    [[nodiscard]] static Result<PrivateKey> rsa(const RsaNumbers& numbers);
    [[nodiscard]] static Result<PrivateKey> ec(KeyKind curve, ByteView x, ByteView y, ByteView d);
    [[nodiscard]] static Result<PrivateKey> okp(KeyKind curve, ByteView x, ByteView d);

    /// "PRIVATE KEY" (PKCS#8), "RSA PRIVATE KEY" or "EC PRIVATE KEY", not encrypted. Errc::malformed;
    /// Errc::unsupported for another kind of key; Errc::invalid.
    [[nodiscard]] static Result<PrivateKey> from_pem(std::string_view pem);
    [[nodiscard]] SecretText to_pem() const;  ///< as PKCS#8

    [[nodiscard]] KeyKind kind() const noexcept { return public_key().kind(); }
    [[nodiscard]] const PublicKey& public_key() const noexcept;
    /// The scalar of a NIST curve, the seed of Ed25519, the key of X25519; of RSA the private exponent.
    [[nodiscard]] ByteView d() const noexcept;
    /// All of an RSA key, views into this one; every view is empty for other kinds.
    [[nodiscard]] RsaNumbers rsa_numbers() const noexcept;

 private:
    friend const detail::PrivateKeyData& detail::data_of(const PrivateKey& key) noexcept;
    explicit PrivateKey(std::shared_ptr<const detail::PrivateKeyData> data) noexcept
        : data_(std::move(data)) {}

    std::shared_ptr<const detail::PrivateKeyData> data_;  // never null
};

}  // namespace cardea::crypto
