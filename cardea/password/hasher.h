// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/password/argon2.h"
#include "cardea/password/password.h"

namespace cardea::password {

/// What a right password says about its hash.
enum class Verified : std::uint8_t {
    up_to_date,
    needs_rehash,  ///< its cost is not today's: hash the password again while it is at hand
};

/// Makes and checks the hashes that the database keeps. Each call takes `cost.memory_kib` of memory and some
/// tens of milliseconds of processor time.
class PasswordHasher {
 public:
    /// `cost.lanes` must be 1, memory and iterations within max_argon2_cost.
    explicit PasswordHasher(Argon2Cost cost = {}) noexcept;

    [[nodiscard]] const Argon2Cost& cost() const noexcept { return cost_; }

    /// A PHC string with a salt of its own. Errc::busy when there is no memory for it.
    [[nodiscard]] Result<std::string> hash(const Password& password, Random& random) const;

    /// Errc::credentials_wrong when it is another password; what parse_argon2 fails with when `phc` is no
    /// acceptable hash; Errc::busy when there is no memory for it.
    [[nodiscard]] Result<Verified> verify(const Password& password, std::string_view phc) const;

 private:
    Argon2Cost cost_;
};

/// Whether a configured cost is at least one of those OWASP calls equal in strength, and one PasswordHasher
/// can do. Errc::config with a sentence that says what to set.
[[nodiscard]] Result<> check_cost(const Argon2Cost& cost);

}  // namespace cardea::password
