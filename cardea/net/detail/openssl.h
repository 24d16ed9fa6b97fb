// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/ssl.h>

#include <memory>

namespace cardea::net::detail {

struct FreeTlsContext {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
};
struct FreeTlsSession {
    void operator()(SSL* session) const noexcept { SSL_free(session); }
};

using TlsContext = std::unique_ptr<SSL_CTX, FreeTlsContext>;
using TlsSession = std::unique_ptr<SSL, FreeTlsSession>;

}  // namespace cardea::net::detail
