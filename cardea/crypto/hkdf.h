// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"

#include <span>

namespace cardea::crypto {

/// HKDF-SHA-256 (RFC 5869): fills `out`, at most 8160 bytes, with a key derived from `secret` for `info`.
void hkdf_sha256(ByteView secret, ByteView salt, ByteView info, std::span<std::uint8_t> out) noexcept;

/// The two halves of it: one key out of any secret, and from that key one for every purpose.
[[nodiscard]] SecretBytes<32> hkdf_extract(ByteView secret, ByteView salt);
void hkdf_expand(const SecretBytes<32>& key, ByteView info, std::span<std::uint8_t> out) noexcept;

}  // namespace cardea::crypto
