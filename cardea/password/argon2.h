// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cardea::password {

/// What one hash costs. The default is the OWASP minimum.
struct Argon2Cost {
    std::uint32_t memory_kib = 19'456;
    std::uint32_t iterations = 2;
    std::uint32_t lanes = 1;

    friend bool operator==(const Argon2Cost&, const Argon2Cost&) = default;
};

/// The most that a stored hash may ask for, since whoever can write to the database could otherwise make
/// every sign-in cost minutes.
inline constexpr Argon2Cost max_argon2_cost{.memory_kib = 262'144, .iterations = 16, .lanes = 16};

/// An argon2id hash taken apart: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
struct Argon2Hash {
    Argon2Cost cost;
    Bytes salt;  ///< 8 to 64 bytes
    Bytes hash;  ///< 16 to 64 bytes

    friend bool operator==(const Argon2Hash&, const Argon2Hash&) = default;
};

/// Reads exactly what to_phc() writes. Errc::unsupported for another scheme or version, Errc::malformed, or
/// Errc::too_large beyond max_argon2_cost.
[[nodiscard]] Result<Argon2Hash> parse_argon2(std::string_view phc);

[[nodiscard]] std::string to_phc(const Argon2Hash& hash);

}  // namespace cardea::password
