// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/hkdf.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/detail/openssl.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace cardea::crypto {
namespace {

using KdfContext = std::unique_ptr<EVP_KDF_CTX, detail::Free<EVP_KDF_CTX_free>>;

OSSL_PARAM octets(const char* name, ByteView bytes) {
    // OpenSSL reads what it is given here, its signature only does not say so. Null would mean "not given".
    static std::uint8_t none = 0;
    void* data = bytes.empty() ? &none : const_cast<std::uint8_t*>(bytes.data());
    return OSSL_PARAM_construct_octet_string(name, data, bytes.size());
}

void derive(int mode, OSSL_PARAM key, OSSL_PARAM salt_or_info, std::span<std::uint8_t> out) noexcept {
    static EVP_KDF* const algorithm = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    const KdfContext context(EVP_KDF_CTX_new(algorithm));
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        key,
        salt_or_info,
        OSSL_PARAM_construct_end()
    };
    CARDEA_ASSERT(EVP_KDF_derive(context.get(), out.data(), out.size(), params) == 1);
}

}  // namespace

SecretBytes<32> hkdf_extract(ByteView secret, ByteView salt) {
    SecretBytes<32> key;
    derive(
        EVP_KDF_HKDF_MODE_EXTRACT_ONLY,
        octets(OSSL_KDF_PARAM_KEY, secret),
        octets(OSSL_KDF_PARAM_SALT, salt),
        key.expose()
    );
    return key;
}

void hkdf_expand(const SecretBytes<32>& key, ByteView info, std::span<std::uint8_t> out) noexcept {
    derive(
        EVP_KDF_HKDF_MODE_EXPAND_ONLY,
        octets(OSSL_KDF_PARAM_KEY, key.expose()),
        octets(OSSL_KDF_PARAM_INFO, info),
        out
    );
}

void hkdf_sha256(ByteView secret, ByteView salt, ByteView info, std::span<std::uint8_t> out) noexcept {
    hkdf_expand(hkdf_extract(secret, salt), info, out);
}

}  // namespace cardea::crypto
