// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <array>

namespace cardea::crypto {

/// AES-GCM (NIST SP 800-38D) as JOSE has it (RFC 7518 section 5.3): a nonce of 96 bits, a tag of 128. One key
/// must never see a nonce twice; with nonces drawn at random it may seal 2^32 messages. For data of our own,
/// aead.h has no such bound.
using GcmNonce = std::array<std::uint8_t, 12>;
inline constexpr std::size_t gcm_tag_size = 16;

/// The ciphertext, then the tag. The key has 16, 24 or 32 bytes.
[[nodiscard]] Bytes aes_gcm_seal(
    ByteView key, const GcmNonce& nonce, ByteView plaintext, ByteView associated_data
);

/// Errc::signature_invalid unless exactly this was sealed with this key, nonce and associated data.
[[nodiscard]] Result<SecretText> aes_gcm_open(
    ByteView key, const GcmNonce& nonce, ByteView sealed, ByteView associated_data
);

}  // namespace cardea::crypto
