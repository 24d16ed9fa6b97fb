// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <filesystem>
#include <memory>

struct ssl_ctx_st;

namespace cardea::net {

/// PEM files: the certificate with its chain behind it, and the private key, not encrypted.
struct TlsFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

/// What a server shows to clients over TLS, and the rules it speaks by: TLS 1.2 and 1.3, AEAD suites with
/// forward secrecy, no renegotiation, no compression, no early data, ALPN `http/1.1`. Immutable and
/// thread-safe; one is shared by all connections that began with it.
class TlsIdentity {
 public:
    /// Reads the files. Errc::config with a sentence that names the file when one cannot be read, when the
    /// key can be read by everybody, when it does not belong to the certificate, or is encrypted.
    [[nodiscard]] static Result<std::shared_ptr<const TlsIdentity>> load(const TlsFiles& files);
    ~TlsIdentity();
    TlsIdentity(const TlsIdentity&) = delete;
    TlsIdentity& operator=(const TlsIdentity&) = delete;

    /// OpenSSL's own form of it, for the engine.
    [[nodiscard]] ssl_ctx_st* context() const noexcept { return context_; }

 private:
    explicit TlsIdentity(ssl_ctx_st* context) noexcept : context_(context) {}

    ssl_ctx_st* context_;
};

}  // namespace cardea::net
