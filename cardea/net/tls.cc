// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/tls.h"

#include "cardea/net/detail/openssl.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <string_view>

namespace cardea::net {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view http11 = "http/1.1";

std::unexpected<Error> refused(const fs::path& file, std::string_view why) {
    return fail(Errc::config, fmt::format("{} {}", file.string(), why));
}

Result<> check_readable(const fs::path& file) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (error || status.type() != fs::file_type::regular) {
        return refused(file, "is not a file that can be read");
    }
    return {};
}

Result<> check_private(const fs::path& key) {
    std::error_code error;
    const fs::perms others = fs::status(key, error).permissions() & fs::perms::others_all;
    if (others != fs::perms::none) {
        return refused(key, "can be read by every user of this machine: chmod 600 it");
    }
    return {};
}

// No program asks for a passphrase in the middle of its start.
int no_passphrase(char* /*out*/, int /*size*/, int /*writing*/, void* /*context*/) {
    return -1;
}

// RFC 7301 section 3.2: a client that offers protocols, but not ours, is told so in the handshake.
int choose_protocol(
    SSL* /*session*/,
    const unsigned char** out,
    unsigned char* out_size,
    const unsigned char* offered,
    unsigned int offered_size,
    void* /*context*/
) {
    for (unsigned int at = 0; at < offered_size; at += offered[at] + 1U) {
        const std::string_view name(reinterpret_cast<const char*>(offered) + at + 1, offered[at]);
        if (name == http11) {
            *out = offered + at + 1;
            *out_size = offered[at];
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

void set_rules(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE
    );
    // A resting connection holds no buffers, and one read takes a whole record from the kernel.
    SSL_CTX_set_mode(
        context,
        SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
    );
    // Messages without data (KeyUpdate) come back to the loop one by one: a burst of them must not hold it.
    SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_read_ahead(context, 1);
    // Sessions are resumed by tickets alone, so that clients cannot fill a table of ours.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    constexpr std::array<unsigned char, 6> id{'c', 'a', 'r', 'd', 'e', 'a'};
    SSL_CTX_set_session_id_context(context, id.data(), id.size());
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    SSL_CTX_set_default_passwd_cb(context, no_passphrase);
}

}  // namespace

Result<std::shared_ptr<const TlsIdentity>> TlsIdentity::load(const TlsFiles& files) {
    for (Result<> checked :
         {check_readable(files.certificate), check_readable(files.key), check_private(files.key)}) {
        if (!checked) {
            return propagate(checked);
        }
    }
    ERR_clear_error();
    detail::TlsContext context(SSL_CTX_new(TLS_server_method()));
    set_rules(context.get());
    if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1) {
        return refused(files.certificate, "holds no PEM certificate (with its chain behind it)");
    }
    if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
        const bool is_other = ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH;
        return refused(
            files.key,
            is_other ? "does not belong to the certificate" : "holds no PEM key without a passphrase"
        );
    }
    return std::shared_ptr<const TlsIdentity>(new TlsIdentity(context.release()));
}

TlsIdentity::~TlsIdentity() {
    SSL_CTX_free(context_);
}

}  // namespace cardea::net
