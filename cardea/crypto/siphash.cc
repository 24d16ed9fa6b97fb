// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/siphash.h"

#include <sodium.h>

namespace cardea::crypto {

static_assert(crypto_shorthash_siphashx24_BYTES == 16 && crypto_shorthash_siphashx24_KEYBYTES == 16);

std::array<std::uint8_t, 16> siphash(const SecretBytes<16>& key, ByteView message) noexcept {
    std::array<std::uint8_t, 16> hash;
    crypto_shorthash_siphashx24(hash.data(), message.data(), message.size(), key.expose().data());
    return hash;
}

}  // namespace cardea::crypto
