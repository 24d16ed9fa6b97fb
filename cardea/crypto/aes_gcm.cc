// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/aes_gcm.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/detail/aes.h"

namespace cardea::crypto {

using detail::AesMode;
using detail::Direction;

Bytes aes_gcm_seal(ByteView key, const GcmNonce& nonce, ByteView plaintext, ByteView associated_data) {
    const detail::CipherContext context =
        detail::start_aes(AesMode::gcm, Direction::encrypt, key, nonce.data());
    Bytes sealed(plaintext.size() + gcm_tag_size);
    std::uint8_t* tag = sealed.data() + plaintext.size();
    int none = 0;
    const bool done = detail::update(*context, associated_data, nullptr) &&
                      detail::update(*context, plaintext, sealed.data()) &&
                      EVP_EncryptFinal_ex(context.get(), tag, &none) == 1 &&
                      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, gcm_tag_size, tag) == 1;
    CARDEA_ASSERT(done);
    return sealed;
}

Result<SecretText> aes_gcm_open(
    ByteView key, const GcmNonce& nonce, ByteView sealed, ByteView associated_data
) {
    if (sealed.size() < gcm_tag_size) {
        return fail(Errc::signature_invalid, "seal");
    }
    const detail::CipherContext context =
        detail::start_aes(AesMode::gcm, Direction::decrypt, key, nonce.data());
    const ByteView ciphertext = sealed.first(sealed.size() - gcm_tag_size);
    Bytes tag(sealed.begin() + static_cast<std::ptrdiff_t>(ciphertext.size()), sealed.end());
    Bytes plaintext(ciphertext.size() + 1);  // never null: that would be associated data
    int none = 0;
    const bool is_ours =
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, gcm_tag_size, tag.data()) == 1 &&
        detail::update(*context, associated_data, nullptr) &&
        detail::update(*context, ciphertext, plaintext.data()) &&
        EVP_DecryptFinal_ex(context.get(), plaintext.data() + ciphertext.size(), &none) == 1;
    SecretText opened = detail::take_secret(std::move(plaintext), ciphertext.size());
    if (!is_ours) {
        return fail(Errc::signature_invalid, "seal");
    }
    return opened;
}

}  // namespace cardea::crypto
