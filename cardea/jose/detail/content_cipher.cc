// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/detail/content_cipher.h"

#include "cardea/crypto/aes_cbc_hmac.h"
#include "cardea/crypto/aes_gcm.h"

#include <algorithm>

namespace cardea::jose::detail {
namespace {

bool is_gcm(ContentEncryption encryption) {
    return encryption >= ContentEncryption::a128gcm;
}

std::size_t tag_size(ContentEncryption encryption) {
    return is_gcm(encryption) ? crypto::gcm_tag_size : key_size(encryption) / 2;
}

std::size_t iv_size(ContentEncryption encryption) {
    return is_gcm(encryption) ? std::tuple_size_v<crypto::GcmNonce> : std::tuple_size_v<crypto::CbcIv>;
}

template <class Iv>
Iv iv_from(ByteView bytes) {
    Iv iv{};
    std::ranges::copy(bytes, iv.begin());
    return iv;
}

}  // namespace

ContentKey make_content_key(ContentEncryption encryption, Random& random) {
    SecretBytes<64> drawn;
    const std::span<std::uint8_t> bytes = std::span(drawn.expose()).first(key_size(encryption));
    random.fill(bytes);
    return {encryption, SecretText(as_text(bytes))};
}

SealedContent seal_content(
    const ContentKey& key, ByteView plaintext, ByteView associated_data, Random& random
) {
    const ByteView bytes = as_bytes(key.bytes.expose());
    Bytes iv(iv_size(key.encryption));
    random.fill(iv);
    Bytes sealed =
        is_gcm(key.encryption)
            ? crypto::aes_gcm_seal(bytes, iv_from<crypto::GcmNonce>(iv), plaintext, associated_data)
            : crypto::aes_cbc_hmac_seal(bytes, iv_from<crypto::CbcIv>(iv), plaintext, associated_data);
    const auto tag_begin = sealed.end() - static_cast<std::ptrdiff_t>(tag_size(key.encryption));
    Bytes tag(tag_begin, sealed.end());
    sealed.erase(tag_begin, sealed.end());
    return {std::move(iv), std::move(sealed), std::move(tag)};
}

Result<SecretText> open_content(
    const ContentKey& key, const SealedContent& sealed, ByteView associated_data
) {
    if (sealed.iv.size() != iv_size(key.encryption) || sealed.tag.size() != tag_size(key.encryption)) {
        return fail(Errc::signature_invalid, "jwe");
    }
    Bytes both;
    both.reserve(sealed.ciphertext.size() + sealed.tag.size());
    both.insert(both.end(), sealed.ciphertext.begin(), sealed.ciphertext.end());
    both.insert(both.end(), sealed.tag.begin(), sealed.tag.end());
    const ByteView bytes = as_bytes(key.bytes.expose());
    return is_gcm(key.encryption)
               ? crypto::aes_gcm_open(bytes, iv_from<crypto::GcmNonce>(sealed.iv), both, associated_data)
               : crypto::aes_cbc_hmac_open(bytes, iv_from<crypto::CbcIv>(sealed.iv), both, associated_data);
}

}  // namespace cardea::jose::detail
