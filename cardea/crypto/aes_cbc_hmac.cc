// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/aes_cbc_hmac.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/detail/aes.h"
#include "cardea/crypto/hmac.h"

#include <algorithm>
#include <iterator>

namespace cardea::crypto {
namespace {

using detail::AesMode;
using detail::Direction;

constexpr std::size_t block_size = 16;

HashAlgorithm hash_for(std::size_t key_size) {
    CARDEA_ASSERT(key_size == 32 || key_size == 48 || key_size == 64);
    return key_size == 32   ? HashAlgorithm::sha256
           : key_size == 48 ? HashAlgorithm::sha384
                            : HashAlgorithm::sha512;
}

/// HMAC over the associated data, the IV, the ciphertext and the length of the first in bits. The tag is the
/// first half of it.
Digest authenticate(ByteView key, const CbcIv& iv, ByteView ciphertext, ByteView associated_data) {
    Bytes message;
    message.reserve(associated_data.size() + iv.size() + ciphertext.size() + 8);
    std::ranges::copy(associated_data, std::back_inserter(message));
    std::ranges::copy(iv, std::back_inserter(message));
    std::ranges::copy(ciphertext, std::back_inserter(message));
    const std::uint64_t bits = std::uint64_t{associated_data.size()} * 8;
    for (int shift = 56; shift >= 0; shift -= 8) {
        message.push_back(static_cast<std::uint8_t>(bits >> shift));
    }
    return hmac(hash_for(key.size()), key.first(key.size() / 2), message);
}

}  // namespace

Bytes aes_cbc_hmac_seal(ByteView key, const CbcIv& iv, ByteView plaintext, ByteView associated_data) {
    const std::size_t half = key.size() / 2;
    const detail::CipherContext context =
        detail::start_aes(AesMode::cbc, Direction::encrypt, key.subspan(half), iv.data());
    const std::size_t size = (plaintext.size() / block_size + 1) * block_size;
    Bytes sealed(size + half);
    const std::size_t written = detail::update(*context, plaintext, sealed.data()).value_or(0);
    int last = 0;
    CARDEA_ASSERT(EVP_EncryptFinal_ex(context.get(), sealed.data() + written, &last) == 1);
    CARDEA_ASSERT(written + static_cast<std::size_t>(last) == size);
    const Digest mac = authenticate(key, iv, ByteView(sealed).first(size), associated_data);
    std::ranges::copy(mac.bytes().first(half), sealed.data() + size);
    return sealed;
}

Result<SecretText> aes_cbc_hmac_open(
    ByteView key, const CbcIv& iv, ByteView sealed, ByteView associated_data
) {
    const std::size_t half = key.size() / 2;
    if (sealed.size() < block_size + half) {
        return fail(Errc::signature_invalid, "seal");
    }
    const ByteView ciphertext = sealed.first(sealed.size() - half);
    const Digest mac = authenticate(key, iv, ciphertext, associated_data);
    if (!constant_time_equal(mac.bytes().first(half), sealed.last(half))) {
        return fail(Errc::signature_invalid, "seal");
    }
    const detail::CipherContext context =
        detail::start_aes(AesMode::cbc, Direction::decrypt, key.subspan(half), iv.data());
    Bytes plaintext(ciphertext.size() + block_size);
    const std::size_t written = detail::update(*context, ciphertext, plaintext.data()).value_or(0);
    int last = 0;
    const bool is_whole = EVP_DecryptFinal_ex(context.get(), plaintext.data() + written, &last) == 1;
    SecretText opened =
        detail::take_secret(std::move(plaintext), written + static_cast<std::size_t>(is_whole ? last : 0));
    if (!is_whole) {
        return fail(Errc::signature_invalid, "seal");
    }
    return opened;
}

}  // namespace cardea::crypto
