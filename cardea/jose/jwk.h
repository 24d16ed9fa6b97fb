// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/secret.h"
#include "cardea/crypto/key.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace cardea {
class JsonWriter;
}

namespace cardea::jose {

/// What a key may be used for (RFC 7517 section 4.3).
enum class KeyOperation : std::uint8_t {
    sign,
    verify,
    encrypt,
    decrypt,
    wrap_key,
    unwrap_key,
    derive_key,
    derive_bits,
};

/// A JSON Web Key (RFC 7517): a secret, a public key or a key pair, and what is said of it. What it holds was
/// checked as crypto/key.h says. Copies share the key; it does nothing itself: make a SigningKey, a
/// VerificationKey or a key for JWE from it, which carry their one algorithm.
class Jwk {
 public:
    explicit Jwk(crypto::PublicKey key) noexcept : material_(std::move(key)) {}
    explicit Jwk(crypto::PrivateKey key) noexcept : material_(std::move(key)) {}

    /// A secret of 1 to 4096 bytes ("oct"). Errc::invalid, also for text that is a key of another kind (PEM,
    /// a JWK, an SSH key): whoever puts that here is about to verify with HMAC what a public key signed.
    [[nodiscard]] static Result<Jwk> symmetric(SecretText secret);

    /// One JWK, at most 64 KiB, strictly: base64url without padding, numbers in exactly their length, no
    /// member twice. Errc::malformed; Errc::unsupported for a `kty` or `crv` that is not done here, and for
    /// RSA private keys with more than two primes or without them; Errc::invalid for a key that is refused.
    [[nodiscard]] static Result<Jwk> parse(std::string_view text);
    [[nodiscard]] static Result<Jwk> from_json(const Json& json);

    /// A private or public key in PEM, as crypto/key.h reads it.
    [[nodiscard]] static Result<Jwk> from_pem(std::string_view pem);

    /// What it holds; nullptr when it is not that. A key pair has a public key too.
    [[nodiscard]] const SecretText* symmetric() const noexcept;
    [[nodiscard]] const crypto::PublicKey* public_key() const noexcept;
    [[nodiscard]] const crypto::PrivateKey* private_key() const noexcept;

    /// Its members of that name; empty when they are absent.
    [[nodiscard]] const std::string& kid() const noexcept { return kid_; }
    [[nodiscard]] const std::string& alg() const noexcept { return alg_; }
    [[nodiscard]] const std::string& use() const noexcept { return use_; }
    Jwk& set_kid(std::string kid);
    Jwk& set_alg(std::string_view alg);
    Jwk& set_use(std::string_view use);

    /// What `use` and `key_ops` leave open; everything when both are absent.
    [[nodiscard]] bool allows(KeyOperation operation) const noexcept;

    /// The SHA-256 thumbprint (RFC 7638) in base64url: a good `kid`. That of a secret is a hash of it.
    [[nodiscard]] std::string thumbprint() const;

    /// The public part as compact JSON; of a secret nothing but what is said of it.
    [[nodiscard]] std::string to_json() const;
    /// Everything.
    [[nodiscard]] SecretText to_private_json() const;

 private:
    using Shared = std::shared_ptr<const SecretText>;
    using Material = std::variant<Shared, crypto::PublicKey, crypto::PrivateKey>;

    explicit Jwk(Material material) noexcept : material_(std::move(material)) {}
    [[nodiscard]] static Result<Jwk> read_material(const Json& json);
    [[nodiscard]] Result<> read_attributes(const Json& json);
    /// The operations that are known; a name twice is refused.
    [[nodiscard]] static Result<std::uint8_t> read_operations(const Json& operations);
    void write_operations(JsonWriter& json) const;
    [[nodiscard]] std::string write(bool with_secrets) const;

    Material material_;
    std::string kid_;
    std::string alg_;
    std::string use_;
    std::optional<std::uint8_t> operations_;  ///< one bit per KeyOperation, where `key_ops` is present
};

}  // namespace cardea::jose
