// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>

namespace cardea::crypto::detail {

/// Calls the function that frees an OpenSSL object.
template <auto FreeObject>
struct Free {
    template <class Object>
    void operator()(Object* object) const noexcept {
        FreeObject(object);
    }
};

using BigNumber = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_vfree>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Free<EVP_MAC_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using PkeyHandle = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

/// Takes back the errors that OpenSSL queues while it lives: whoever speaks TLS on this thread later would
/// take them for its own.
class ErrorScope {
 public:
    ErrorScope() noexcept { ERR_set_mark(); }
    ~ErrorScope() { ERR_pop_to_mark(); }
    ErrorScope(const ErrorScope&) = delete;
    ErrorScope& operator=(const ErrorScope&) = delete;
};

}  // namespace cardea::crypto::detail
