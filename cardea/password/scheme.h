// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cardea::password {

/// How a password is hashed. One scheme has several written forms: Django, passlib and Werkzeug each write
/// PBKDF2 in a way of their own.
enum class Scheme : std::uint8_t {
    argon2id,
    argon2i,
    argon2d,
    bcrypt,
    bcrypt_sha256,  ///< bcrypt of a SHA-256, so that passwords may be longer than 72 bytes
    scrypt,
    pbkdf2_sha1,
    pbkdf2_sha256,
    pbkdf2_sha512,
};

/// The order in which a PasswordHasher prefers them unless it is told another.
inline constexpr std::array all_schemes{
    Scheme::argon2id,
    Scheme::argon2i,
    Scheme::argon2d,
    Scheme::scrypt,
    Scheme::bcrypt_sha256,
    Scheme::bcrypt,
    Scheme::pbkdf2_sha512,
    Scheme::pbkdf2_sha256,
    Scheme::pbkdf2_sha1,
};

/// "argon2id", "bcrypt_sha256": as passlib calls them.
[[nodiscard]] std::string_view name(Scheme scheme) noexcept;

/// The scheme of that name.
[[nodiscard]] std::optional<Scheme> find_scheme(std::string_view name) noexcept;

/// Whether new hashes may be made with it; the others are for hashes that exist already.
[[nodiscard]] bool is_for_new_hashes(Scheme scheme) noexcept;

}  // namespace cardea::password
