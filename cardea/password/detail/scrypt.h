// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"
#include "cardea/password/cost.h"
#include "cardea/password/scheme.h"

#include <string>
#include <string_view>

namespace cardea::password::detail {

/// A scrypt hash taken apart (RFC 7914).
struct ScryptHash {
    ScryptCost cost;
    Bytes salt;
    Bytes digest;

    friend bool operator==(const ScryptHash&, const ScryptHash&) = default;
};

/// Four ways to write it. Errc::malformed, or Errc::too_large beyond max_scrypt_memory and max_scrypt_work.
///   PHC       $scrypt$ln=17,r=8,p=1$base64$base64            (passlib's own too)
///   Django    scrypt$16384$salt$8$1$base64
///   Werkzeug  scrypt:32768:8:1$salt$hexadecimal
///   crypt(3)  $7$C6..../....salt$crypt64
[[nodiscard]] Result<ScryptHash> parse_phc_scrypt(std::string_view text);
[[nodiscard]] Result<ScryptHash> parse_django_scrypt(std::string_view text);
[[nodiscard]] Result<ScryptHash> parse_werkzeug_scrypt(std::string_view text);
[[nodiscard]] Result<ScryptHash> parse_crypt_scrypt(std::string_view text);
[[nodiscard]] std::string to_phc(const ScryptHash& hash);
[[nodiscard]] std::string to_django(const ScryptHash& hash);
[[nodiscard]] std::string to_werkzeug(const ScryptHash& hash);
[[nodiscard]] std::string to_crypt(const ScryptHash& hash);

/// Whether it is the hash of the password. Errc::busy when there is no memory for it.
[[nodiscard]] Result<bool> matches(const ScryptHash& hash, std::string_view password);
/// Computes the digest, of the size that it has. Errc::busy.
[[nodiscard]] Result<> compute(ScryptHash& hash, std::string_view password);

[[nodiscard]] inline Scheme scheme_of(const ScryptHash&) noexcept {
    return Scheme::scrypt;
}
[[nodiscard]] std::string cost_text(const ScryptHash& hash);

/// Whether such a hash can be computed within the limits.
[[nodiscard]] bool is_within_limits(const ScryptCost& cost) noexcept;

}  // namespace cardea::password::detail
