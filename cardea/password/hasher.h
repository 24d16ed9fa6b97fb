// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/password/cost.h"
#include "cardea/password/password.h"
#include "cardea/password/pepper.h"
#include "cardea/password/scheme.h"

#include <string>
#include <string_view>
#include <vector>

namespace cardea::password {

/// How new hashes are made, and which old ones are good. Costs are those of new hashes; they must be within
/// the limits of cost.h.
struct HasherOptions {
    /// In order of preference: the first makes new hashes (it must be one that is_for_new_hashes()), all of
    /// them verify.
    std::vector<Scheme> schemes{all_schemes.begin(), all_schemes.end()};
    Argon2Cost argon2;
    ScryptCost scrypt;
    std::uint32_t bcrypt_cost = 12;             ///< 2^12 rounds
    std::uint32_t pbkdf2_iterations = 600'000;  ///< OWASP's for SHA-256
    /// Puts a key of the Keyring to new hashes, so that a copy of the database alone is worth nothing. A root
    /// secret that peppered a hash must stay in the Keyring until that person has signed in again.
    bool pepper = false;
};

/// What a right password says.
struct PasswordMatch {
    std::string better_hash;  ///< to be stored instead, when the old one is not what would be made today
};

/// Makes and checks the hashes that the database keeps: every scheme of HasherOptions in every form that
/// other systems write (docs/modules/password.md), so that their users can be taken over as they are. Each
/// call blocks for as long as hashing takes and needs its memory (cost.h). Immutable, so thread-safe.
class PasswordHasher {
 public:
    /// With keys, it verifies peppered hashes too, and makes them if `options.pepper` says so.
    explicit PasswordHasher(HasherOptions options = {}, PepperKeys pepper_keys = {});

    /// A hash with a salt of its own. Errc::busy when there is no memory for it; where the first scheme is
    /// bcrypt, Errc::password_too_long beyond 72 bytes and Errc::invalid with a NUL.
    [[nodiscard]] Result<std::string> hash(const Password& password, Random& random) const;

    /// Errc::credentials_wrong when it is another password; Errc::password_too_long or Errc::invalid when it
    /// can be none of a bcrypt hash; what identify() fails with when `stored` is no acceptable hash;
    /// Errc::config when its pepper has no key here; Errc::busy.
    [[nodiscard]] Result<PasswordMatch> verify(
        const Password& password, std::string_view stored, Random& random
    ) const;

    /// Whether verify() can say yes or no. The errors that it would have, without the work.
    [[nodiscard]] Result<> accepts(std::string_view stored) const;

    /// Whether it is not what hash() would make today: another scheme, form, cost or pepper.
    [[nodiscard]] bool needs_rehash(std::string_view stored) const;

    /// What the hashes of today cost; see blank_of().
    [[nodiscard]] const std::string& blank() const noexcept { return blank_; }

 private:
    std::vector<Scheme> schemes_;
    PepperKeys pepper_keys_;
    std::string blank_;
};

}  // namespace cardea::password
