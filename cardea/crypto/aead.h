// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <array>

namespace cardea::crypto {

/// XChaCha20-Poly1305. Its nonce is long enough to be drawn at random for every message.
using AeadNonce = std::array<std::uint8_t, 24>;
inline constexpr std::size_t aead_tag_size = 16;

/// The ciphertext, then the tag.
[[nodiscard]] Bytes aead_seal(
    const SecretBytes<32>& key, const AeadNonce& nonce, ByteView plaintext, ByteView associated_data
);

/// Errc::signature_invalid unless exactly this was sealed with this key, nonce and associated data.
[[nodiscard]] Result<SecretText> aead_open(
    const SecretBytes<32>& key, const AeadNonce& nonce, ByteView sealed, ByteView associated_data
);

}  // namespace cardea::crypto
