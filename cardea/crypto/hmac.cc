// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/hmac.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/detail/openssl.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

namespace cardea::crypto {
namespace {

detail::MacContext make_context() {
    static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    detail::MacContext context(EVP_MAC_CTX_new(algorithm));
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()
    };
    CARDEA_ASSERT(EVP_MAC_CTX_set_params(context.get(), params) == 1);
    return context;
}

}  // namespace

Mac hmac_sha256(ByteView key, ByteView message) noexcept {
    thread_local const detail::MacContext context = make_context();
    // A null key would mean "the one before".
    const std::uint8_t none = 0;
    const std::uint8_t* key_data = key.empty() ? &none : key.data();
    Mac mac;
    std::size_t size = 0;
    const bool done = EVP_MAC_init(context.get(), key_data, key.size(), nullptr) == 1 &&
                      EVP_MAC_update(context.get(), message.data(), message.size()) == 1 &&
                      EVP_MAC_final(context.get(), mac.data(), &size, mac.size()) == 1;
    CARDEA_ASSERT(done && size == mac.size());
    return mac;
}

}  // namespace cardea::crypto
