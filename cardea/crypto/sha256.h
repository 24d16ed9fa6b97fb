// SPDX-License-Identifier: Apache-2.0
/// crypto: the primitives, behind functions that cannot be misused. Hashes, HMAC and HKDF from OpenSSL,
/// XChaCha20-Poly1305 from libsodium, and the Keyring, from which everything else takes its keys. No header
/// here names either library. All functions are pure and thread-safe; randomness is passed in.
#pragma once

#include "cardea/base/bytes.h"

#include <array>

namespace cardea::crypto {

/// What SHA-256 gives.
using Sha256 = std::array<std::uint8_t, 32>;

/// The digest of a message (FIPS 180-4). Never a password: those are hashed slowly (password/hasher.h).
[[nodiscard]] Sha256 sha256(ByteView message) noexcept;

}  // namespace cardea::crypto
