// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <cstdint>

namespace cardea::password {

/// What one Argon2 hash costs. The default is the OWASP minimum.
struct Argon2Cost {
    std::uint32_t memory_kib = 19'456;
    std::uint32_t iterations = 2;
    std::uint32_t lanes = 1;

    friend bool operator==(const Argon2Cost&, const Argon2Cost&) = default;
};

/// What one scrypt hash costs (N, r and p of RFC 7914): 128 * 2^log_n * block_size bytes of memory, and that
/// `parallelization` times over in time.
struct ScryptCost {
    std::uint32_t log_n = 17;
    std::uint32_t block_size = 8;
    std::uint32_t parallelization = 1;

    friend bool operator==(const ScryptCost&, const ScryptCost&) = default;
};

// The most that a stored hash may ask for, since whoever can write to the database could otherwise make every
// sign-in cost minutes: 256 MiB of memory, and some seconds of one processor.
inline constexpr Argon2Cost max_argon2_cost{.memory_kib = 262'144, .iterations = 16, .lanes = 16};
inline constexpr std::uint64_t max_scrypt_memory = 268'435'456;          ///< bytes
inline constexpr std::uint64_t max_scrypt_work = 4 * max_scrypt_memory;  ///< memory times parallelization
inline constexpr std::uint32_t min_bcrypt_cost = 4;
inline constexpr std::uint32_t max_bcrypt_cost = 16;                ///< 2^16 rounds
inline constexpr std::uint32_t max_pbkdf2_iterations = 10'000'000;  ///< over all blocks of the output

/// Whether a configured cost is at least one of those OWASP calls equal in strength, in one lane, and within
/// max_argon2_cost. Errc::config with a sentence that says what to set.
[[nodiscard]] Result<> check_cost(const Argon2Cost& cost);

}  // namespace cardea::password
