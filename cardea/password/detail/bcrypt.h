// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/password/cost.h"
#include "cardea/password/scheme.h"

#include <string>
#include <string_view>

namespace cardea::password::detail {

/// What bcrypt is given: it reads 72 bytes, and none after a NUL.
enum class BcryptInput : std::uint8_t {
    as_typed,
    sha256_base64,       ///< passlib's bcrypt_sha256, version 1
    hmac_sha256_base64,  ///< version 2: HMAC with the salt as its key
    sha256_hex,          ///< Django's bcrypt_sha256
};

/// A bcrypt hash taken apart.
struct BcryptHash {
    BcryptInput input = BcryptInput::as_typed;
    char variant = 'b';       ///< a, b or y: the same function, made by different programs
    std::uint32_t cost = 12;  ///< 2^cost rounds
    std::string salt;         ///< 22 characters of bcrypt's own base64
    std::string digest;       ///< 31

    friend bool operator==(const BcryptHash&, const BcryptHash&) = default;
};

/// Five ways to write it. Errc::malformed; Errc::too_large beyond max_bcrypt_cost; Errc::unsupported for
/// $2x$ and $2$, which are different functions.
///   crypt(3)                 $2b$12$salt-digest
///   Django                   bcrypt$$2b$12$salt-digest       bcrypt_sha256$$2b$12$salt-digest
///   passlib's bcrypt_sha256  $bcrypt-sha256$2b,12$salt$digest
///                            $bcrypt-sha256$v=2,t=2b,r=12$salt$digest
[[nodiscard]] Result<BcryptHash> parse_bcrypt(std::string_view text);
[[nodiscard]] Result<BcryptHash> parse_django_bcrypt(std::string_view text);
[[nodiscard]] Result<BcryptHash> parse_django_bcrypt_sha256(std::string_view text);
[[nodiscard]] Result<BcryptHash> parse_passlib_bcrypt_sha256(std::string_view text);
[[nodiscard]] std::string to_crypt(const BcryptHash& hash);
[[nodiscard]] std::string to_django(const BcryptHash& hash);
[[nodiscard]] std::string to_passlib(const BcryptHash& hash);

/// Whether it is the hash of the password. Where bcrypt reads the password itself: Errc::password_too_long
/// beyond 72 bytes, Errc::invalid when it holds a NUL.
[[nodiscard]] Result<bool> matches(const BcryptHash& hash, std::string_view password);
/// Computes the digest. The same errors.
[[nodiscard]] Result<> compute(BcryptHash& hash, std::string_view password);

/// A random salt as bcrypt writes it.
[[nodiscard]] std::string to_bcrypt_salt(const std::array<std::uint8_t, 16>& bytes);

[[nodiscard]] inline Scheme scheme_of(const BcryptHash& hash) noexcept {
    return hash.input == BcryptInput::as_typed ? Scheme::bcrypt : Scheme::bcrypt_sha256;
}
[[nodiscard]] std::string cost_text(const BcryptHash& hash);

}  // namespace cardea::password::detail
