// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/password/detail/argon2.h"
#include "cardea/password/detail/bcrypt.h"
#include "cardea/password/detail/pbkdf2.h"
#include "cardea/password/detail/scrypt.h"

#include <span>
#include <variant>

namespace cardea::password::detail {

/// A hash taken apart, whatever its scheme. Each alternative offers the same few functions: matches, compute,
/// scheme_of, cost_text; and has a salt and a digest.
using AnyHash = std::variant<Argon2Hash, BcryptHash, ScryptHash, Pbkdf2Hash>;

/// One way to write hashes. The table of forms is everything that stored hashes may look like.
struct Form {
    std::string_view prefix;  ///< what its texts begin with
    std::string_view name;    ///< whose it is
    Result<AnyHash> (*parse)(std::string_view text);
    std::string (*write)(const AnyHash& hash);
};

/// A stored hash: what it says and how that was written.
struct StoredHash {
    const Form* form;
    AnyHash hash;
};

/// Reads any form. Errc::unsupported when no row of the table knows it, or one knows that it is not done
/// here; otherwise what its parser fails with.
[[nodiscard]] Result<StoredHash> parse_stored(std::string_view text);
[[nodiscard]] std::string to_text(const StoredHash& stored);

[[nodiscard]] Result<bool> matches(const AnyHash& hash, std::string_view password);
[[nodiscard]] Result<> compute(AnyHash& hash, std::string_view password);
[[nodiscard]] Scheme scheme_of(const AnyHash& hash) noexcept;
[[nodiscard]] std::string cost_text(const AnyHash& hash);

/// Makes salt and digest the same for all hashes of a form and cost.
void make_blank(AnyHash& hash);
/// Puts a random salt in.
void salt(AnyHash& hash, Random& random);

}  // namespace cardea::password::detail
