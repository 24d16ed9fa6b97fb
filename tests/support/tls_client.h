// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/temporary_folder.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace cardea::testing {

/// A key and a certificate for it that nobody signed, as PEM files in `folder`: NAME.pem and NAME.key.
inline void write_certificate(const std::filesystem::path& folder, const std::string& name) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* const subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(
        subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0
    );
    X509_set_issuer_name(certificate.get(), subject);
    X509_sign(certificate.get(), key.get(), EVP_sha256());

    const std::unique_ptr<BIO, decltype(&BIO_free_all)> pem(
        BIO_new_file((folder / (name + ".pem")).c_str(), "w"), BIO_free_all
    );
    PEM_write_bio_X509(pem.get(), certificate.get());
    const std::filesystem::path key_file = folder / (name + ".key");
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> key_pem(
        BIO_new_file(key_file.c_str(), "w"), BIO_free_all
    );
    PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::filesystem::permissions(
        key_file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
}

struct TlsClientOptions {
    int max_version = 0;         ///< such as TLS1_1_VERSION; 0: the newest
    std::string_view alpn = {};  ///< in wire form: "\x08http/1.1"
};

/// A blocking client that trusts every certificate.
class TlsClient {
 public:
    explicit TlsClient(const std::string& address, const TlsClientOptions& options = {})
        : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), connection_(nullptr, BIO_free_all) {
        SSL_CTX_set_max_proto_version(context_.get(), options.max_version);
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
        SSL_CTX_set_security_level(context_.get(), 0);
        SSL_CTX_set_alpn_protos(
            context_.get(),
            reinterpret_cast<const unsigned char*>(options.alpn.data()),
            static_cast<unsigned>(options.alpn.size())
        );
        connection_.reset(BIO_new_ssl_connect(context_.get()));
        BIO_get_ssl(connection_.get(), &session_);
        BIO_set_conn_hostname(connection_.get(), address.c_str());
        is_connected_ = BIO_do_connect(connection_.get()) == 1;
    }

    [[nodiscard]] bool is_connected() const { return is_connected_; }
    [[nodiscard]] std::string version() const { return SSL_get_version(session_); }
    [[nodiscard]] std::string peer_name() const {
        const std::unique_ptr<X509, decltype(&X509_free)> peer(
            SSL_get1_peer_certificate(session_), X509_free
        );
        std::array<char, 64> name{};
        X509_NAME_get_text_by_NID(
            X509_get_subject_name(peer.get()), NID_commonName, name.data(), name.size()
        );
        return name.data();
    }
    [[nodiscard]] std::string protocol() const {
        const unsigned char* name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(session_, &name, &size);
        return {reinterpret_cast<const char*>(name), size};
    }

    void send(std::string_view bytes) {
        BIO_write(connection_.get(), bytes.data(), static_cast<int>(bytes.size()));
    }
    /// What comes until `end` has come, or the server closes.
    std::string read_until(std::string_view end) {
        std::string text;
        std::array<char, 16384> buffer;
        int size = 0;
        while (!text.ends_with(end) && (size = BIO_read(connection_.get(), buffer.data(), buffer.size())) > 0
        ) {
            text.append(buffer.data(), static_cast<std::size_t>(size));
        }
        return text;
    }
    std::string read(std::size_t wanted) {
        std::string text;
        std::array<char, 16384> buffer;
        int size = 0;
        while (text.size() < wanted && (size = BIO_read(connection_.get(), buffer.data(), buffer.size())) > 0
        ) {
            text.append(buffer.data(), static_cast<std::size_t>(size));
        }
        return text;
    }
    /// Whether the server ended the session as TLS wants it (close_notify).
    [[nodiscard]] bool was_told_goodbye() const {
        return (SSL_get_shutdown(session_) & SSL_RECEIVED_SHUTDOWN) != 0;
    }

 private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::unique_ptr<BIO, decltype(&BIO_free_all)> connection_;
    SSL* session_ = nullptr;
    bool is_connected_ = false;
};

}  // namespace cardea::testing
