// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/evp.h>

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

using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Free<EVP_MAC_CTX_free>>;

}  // namespace cardea::crypto::detail
