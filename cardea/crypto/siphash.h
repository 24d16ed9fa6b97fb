// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"

#include <array>

namespace cardea::crypto {

/// SipHash-2-4 with 128 bits: a keyed hash that is much cheaper than HMAC, for tables whose keys come from
/// outside. Whoever does not know the key can neither aim at a slot nor read a name out of it. Not a MAC for
/// anything that leaves the process.
[[nodiscard]] std::array<std::uint8_t, 16> siphash(const SecretBytes<16>& key, ByteView message) noexcept;

}  // namespace cardea::crypto
