// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/detail/aes.h"

#include "cardea/base/assert.h"

#include <algorithm>
#include <array>

namespace cardea::crypto::detail {
namespace {

using BySize = std::array<EVP_CIPHER*, 3>;  // for keys of 16, 24 and 32 bytes

BySize fetch(const char* small, const char* medium, const char* large) {
    return {
        EVP_CIPHER_fetch(nullptr, small, nullptr),
        EVP_CIPHER_fetch(nullptr, medium, nullptr),
        EVP_CIPHER_fetch(nullptr, large, nullptr)
    };
}

const EVP_CIPHER* find_cipher(AesMode mode, std::size_t key_size) {
    static const std::array<BySize, 3> ciphers{
        fetch("AES-128-GCM", "AES-192-GCM", "AES-256-GCM"),
        fetch("AES-128-CBC", "AES-192-CBC", "AES-256-CBC"),
        fetch("AES-128-WRAP", "AES-192-WRAP", "AES-256-WRAP")
    };
    CARDEA_ASSERT(key_size == 16 || key_size == 24 || key_size == 32);
    return ciphers[static_cast<std::size_t>(mode)][key_size / 8 - 2];
}

}  // namespace

CipherContext start_aes(AesMode mode, Direction direction, ByteView key, const std::uint8_t* iv) {
    // One per message: freeing it wipes the expanded key.
    CipherContext context(EVP_CIPHER_CTX_new());
    const EVP_CIPHER* cipher = find_cipher(mode, key.size());
    const int is_encrypting = direction == Direction::encrypt ? 1 : 0;
    CARDEA_ASSERT(EVP_CipherInit_ex2(context.get(), cipher, key.data(), iv, is_encrypting, nullptr) == 1);
    return context;
}

std::optional<std::size_t> update(EVP_CIPHER_CTX& context, ByteView in, std::uint8_t* out) {
    constexpr std::size_t piece = std::size_t{1} << 30;  // OpenSSL counts in int
    std::size_t written = 0;
    while (!in.empty()) {
        const ByteView next = in.first(std::min(in.size(), piece));
        int size = 0;
        std::uint8_t* to = out != nullptr ? out + written : nullptr;
        if (EVP_CipherUpdate(&context, to, &size, next.data(), static_cast<int>(next.size())) != 1) {
            return std::nullopt;
        }
        written += static_cast<std::size_t>(size);
        in = in.subspan(next.size());
    }
    return written;
}

SecretText take_secret(Bytes buffer, std::size_t size) {
    SecretText secret(as_text(buffer).substr(0, size));
    wipe(buffer.data(), buffer.size());
    return secret;
}

}  // namespace cardea::crypto::detail
