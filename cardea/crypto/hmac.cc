// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/hmac.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/detail/openssl.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <string>

namespace cardea::crypto {
namespace {

using Contexts = std::array<detail::MacContext, 4>;  // one per HashAlgorithm

Contexts make_contexts() {
    static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    std::array<std::string, 4> names{"SHA1", "SHA256", "SHA384", "SHA512"};
    Contexts contexts;
    for (std::size_t i = 0; i < contexts.size(); ++i) {
        contexts[i].reset(EVP_MAC_CTX_new(algorithm));
        const OSSL_PARAM params[] = {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, names[i].data(), 0),
            OSSL_PARAM_construct_end()
        };
        CARDEA_ASSERT(EVP_MAC_CTX_set_params(contexts[i].get(), params) == 1);
    }
    return contexts;
}

void hmac_into(
    HashAlgorithm algorithm, ByteView key, ByteView message, std::span<std::uint8_t> out
) noexcept {
    thread_local const Contexts contexts = make_contexts();
    EVP_MAC_CTX* context = contexts[static_cast<std::size_t>(algorithm)].get();
    // A null key would mean "the one before".
    const std::uint8_t none = 0;
    const std::uint8_t* key_data = key.empty() ? &none : key.data();
    std::size_t size = 0;
    const bool done = EVP_MAC_init(context, key_data, key.size(), nullptr) == 1 &&
                      EVP_MAC_update(context, message.data(), message.size()) == 1 &&
                      EVP_MAC_final(context, out.data(), &size, out.size()) == 1;
    CARDEA_ASSERT(done && size == out.size());
}

}  // namespace

Mac hmac_sha256(ByteView key, ByteView message) noexcept {
    Mac mac;
    hmac_into(HashAlgorithm::sha256, key, message, mac);
    return mac;
}

Digest hmac(HashAlgorithm algorithm, ByteView key, ByteView message) noexcept {
    Digest mac(algorithm);
    hmac_into(algorithm, key, message, mac.bytes());
    return mac;
}

}  // namespace cardea::crypto
