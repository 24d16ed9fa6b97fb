// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"
#include "cardea/password/cost.h"
#include "cardea/password/scheme.h"

#include <string>
#include <string_view>

namespace cardea::password::detail {

/// An Argon2 hash taken apart (RFC 9106; version 16 is what came before it).
struct Argon2Hash {
    Scheme scheme = Scheme::argon2id;  ///< argon2id, argon2i or argon2d
    std::uint32_t version = 19;        ///< 16 or 19
    bool says_version = true;          ///< the oldest hashes do not; they are version 16
    Argon2Cost cost;
    Bytes salt;    ///< 8 to 64 bytes
    Bytes digest;  ///< 16 to 64 bytes

    friend bool operator==(const Argon2Hash&, const Argon2Hash&) = default;
};

/// Reads `$argon2id$v=19$m=19456,t=2,p=1$salt$digest`. Errc::malformed, Errc::too_large beyond
/// max_argon2_cost.
[[nodiscard]] Result<Argon2Hash> parse_argon2(std::string_view phc);
[[nodiscard]] std::string to_phc(const Argon2Hash& hash);

/// Whether it is the hash of the password. Errc::busy when there is no memory for it.
[[nodiscard]] Result<bool> matches(const Argon2Hash& hash, std::string_view password);
/// Computes the digest, of the size that it has. Errc::busy.
[[nodiscard]] Result<> compute(Argon2Hash& hash, std::string_view password);

/// What Argon2 takes besides its cost; stored hashes have no secret and no associated data.
struct Argon2Inputs {
    std::string_view password;
    ByteView secret;
    ByteView associated_data;
};
/// The same by the reference implementation, which does every variant. Errc::busy.
[[nodiscard]] Result<> compute_by_reference(Argon2Hash& hash, const Argon2Inputs& inputs);

[[nodiscard]] inline Scheme scheme_of(const Argon2Hash& hash) noexcept {
    return hash.scheme;
}
[[nodiscard]] std::string cost_text(const Argon2Hash& hash);

}  // namespace cardea::password::detail
