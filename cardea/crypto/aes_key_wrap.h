// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

namespace cardea::crypto {

/// AES Key Wrap (RFC 3394) with its default initial value. The wrapping key has 16, 24 or 32 bytes, the key
/// inside at least 16 and a multiple of 8. The result is 8 bytes longer.
[[nodiscard]] Bytes aes_key_wrap(ByteView wrapping_key, ByteView key);

/// Errc::signature_invalid unless this was wrapped with this key.
[[nodiscard]] Result<SecretText> aes_key_unwrap(ByteView wrapping_key, ByteView wrapped);

}  // namespace cardea::crypto
