// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/aead.h"

#include "cardea/crypto/detail/sodium.h"

#include <sodium.h>

namespace cardea::crypto {

static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == std::tuple_size_v<AeadNonce>);
static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == aead_tag_size);

Bytes aead_seal(
    const SecretBytes<32>& key, const AeadNonce& nonce, ByteView plaintext, ByteView associated_data
) {
    detail::prepare_sodium();
    Bytes sealed(plaintext.size() + aead_tag_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed.data(),
        nullptr,
        plaintext.data(),
        plaintext.size(),
        associated_data.data(),
        associated_data.size(),
        nullptr,
        nonce.data(),
        key.expose().data()
    );
    return sealed;
}

Result<SecretText> aead_open(
    const SecretBytes<32>& key, const AeadNonce& nonce, ByteView sealed, ByteView associated_data
) {
    detail::prepare_sodium();
    if (sealed.size() < aead_tag_size) {
        return fail(Errc::signature_invalid, "seal");
    }
    Bytes plaintext(sealed.size() - aead_tag_size);
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        plaintext.data(),
        nullptr,
        nullptr,
        sealed.data(),
        sealed.size(),
        associated_data.data(),
        associated_data.size(),
        nonce.data(),
        key.expose().data()
    );
    if (failed != 0) {
        return fail(Errc::signature_invalid, "seal");
    }
    SecretText opened(as_text(plaintext));
    wipe(plaintext.data(), plaintext.size());
    return opened;
}

}  // namespace cardea::crypto
