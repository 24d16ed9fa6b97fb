// SPDX-License-Identifier: Apache-2.0
/// password: what a password may be, and how it is kept. Argon2id for new hashes, and every scheme that users
/// bring along from elsewhere, with a better hash at the next sign-in; a pepper; the policy for new passwords
/// with its blocklist; what a hash may cost here; dummy hashes, so that names nobody has cost as much as
/// names somebody has. Plain functions that block for as long as hashing takes: run them in a WorkerPool.
/// Everything is immutable and thread-safe.
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <cstddef>
#include <string_view>

namespace cardea::password {

/// The most bytes that are ever hashed: what bounds the work of one try.
inline constexpr std::size_t max_password_bytes = 1024;

/// A password as it is hashed: valid UTF-8 in normal form C (SP 800-63B-4 3.1.1.2), otherwise exactly as it
/// was typed. Only parse() makes one, so nothing else can be hashed.
class Password {
 public:
    /// Errc::malformed when it is empty or not UTF-8, Errc::password_too_long beyond max_password_bytes.
    [[nodiscard]] static Result<Password> parse(std::string_view text);

    [[nodiscard]] std::string_view expose() const noexcept { return text_.expose(); }

 private:
    explicit Password(SecretText text) noexcept : text_(std::move(text)) {}

    SecretText text_;
};

}  // namespace cardea::password
