// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <array>

namespace cardea::crypto {

/// AES-CBC with HMAC (RFC 7518 section 5.2), encrypt-then-MAC. The size of the key says which: 32 bytes are
/// A128CBC-HS256, 48 A192CBC-HS384, 64 A256CBC-HS512; the first half is the MAC's.
using CbcIv = std::array<std::uint8_t, 16>;

/// The ciphertext, then the tag, which is half as long as the key. The IV must be unpredictable.
[[nodiscard]] Bytes aes_cbc_hmac_seal(
    ByteView key, const CbcIv& iv, ByteView plaintext, ByteView associated_data
);

/// Errc::signature_invalid unless exactly this was sealed with this key, IV and associated data. The tag is
/// compared first and in constant time: nothing is decrypted, and no padding looked at, that is not ours.
[[nodiscard]] Result<SecretText> aes_cbc_hmac_open(
    ByteView key, const CbcIv& iv, ByteView sealed, ByteView associated_data
);

}  // namespace cardea::crypto
