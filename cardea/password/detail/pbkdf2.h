// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"
#include "cardea/password/cost.h"
#include "cardea/password/scheme.h"

#include <string>
#include <string_view>

namespace cardea::password::detail {

/// A PBKDF2 hash taken apart (RFC 8018).
struct Pbkdf2Hash {
    Scheme scheme = Scheme::pbkdf2_sha256;  ///< pbkdf2_sha1, pbkdf2_sha256 or pbkdf2_sha512
    std::uint32_t iterations = 0;
    Bytes salt;
    Bytes digest;

    friend bool operator==(const Pbkdf2Hash&, const Pbkdf2Hash&) = default;
};

/// Three ways to write it. Errc::malformed, or Errc::too_large beyond max_pbkdf2_iterations.
///   Django    pbkdf2_sha256$600000$salt$base64
///   passlib   $pbkdf2-sha256$29000$base64$base64           ($pbkdf2$ is SHA-1)
///   Werkzeug  pbkdf2:sha256:600000$salt$hexadecimal
[[nodiscard]] Result<Pbkdf2Hash> parse_django_pbkdf2(std::string_view text);
[[nodiscard]] Result<Pbkdf2Hash> parse_passlib_pbkdf2(std::string_view text);
[[nodiscard]] Result<Pbkdf2Hash> parse_werkzeug_pbkdf2(std::string_view text);
[[nodiscard]] std::string to_django(const Pbkdf2Hash& hash);
[[nodiscard]] std::string to_passlib(const Pbkdf2Hash& hash);
[[nodiscard]] std::string to_werkzeug(const Pbkdf2Hash& hash);

/// Whether it is the hash of the password.
[[nodiscard]] Result<bool> matches(const Pbkdf2Hash& hash, std::string_view password);
/// Computes the digest, of the size that it has.
[[nodiscard]] Result<> compute(Pbkdf2Hash& hash, std::string_view password);

[[nodiscard]] inline Scheme scheme_of(const Pbkdf2Hash& hash) noexcept {
    return hash.scheme;
}
[[nodiscard]] std::string cost_text(const Pbkdf2Hash& hash);

}  // namespace cardea::password::detail
