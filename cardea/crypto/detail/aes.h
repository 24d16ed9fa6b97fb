// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/secret.h"
#include "cardea/crypto/detail/openssl.h"

#include <optional>

namespace cardea::crypto::detail {

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;

enum class AesMode : std::uint8_t { gcm, cbc, wrap };
enum class Direction : std::uint8_t { decrypt, encrypt };

/// AES with a key of 16, 24 or 32 bytes, ready to take data. `iv` has the mode's usual size; for wrap it is
/// null and means the initial value of RFC 3394 section 2.2.3.1.
[[nodiscard]] CipherContext start_aes(
    AesMode mode, Direction direction, ByteView key, const std::uint8_t* iv
);

/// Gives the cipher `in` and writes what comes out to `out`, or authenticates it when that is null. The
/// number of bytes written; nothing when the cipher refuses them, which only unwrapping does.
[[nodiscard]] std::optional<std::size_t> update(EVP_CIPHER_CTX& context, ByteView in, std::uint8_t* out);

/// The same bytes as a secret; the buffer they were decrypted into is wiped.
[[nodiscard]] SecretText take_secret(Bytes buffer, std::size_t size);

}  // namespace cardea::crypto::detail
