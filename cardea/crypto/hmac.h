// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/crypto/digest.h"

#include <array>

namespace cardea::crypto {

/// What HMAC-SHA-256 gives.
using Mac = std::array<std::uint8_t, 32>;

/// HMAC-SHA-256. Compare the result with constant_time_equal, never with ==.
[[nodiscard]] Mac hmac_sha256(ByteView key, ByteView message) noexcept;

/// HMAC (RFC 2104) with the hash function that a foreign format asks for.
[[nodiscard]] Digest hmac(HashAlgorithm algorithm, ByteView key, ByteView message) noexcept;

}  // namespace cardea::crypto
