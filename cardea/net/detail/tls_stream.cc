// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/tls_stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <cerrno>
#include <cstdint>
#include <new>
#include <sys/socket.h>

namespace cardea::net::detail {
namespace {

// OpenSSL's own socket BIO writes with write(2), which kills the process when the client is gone.

int socket_of(BIO* bio) noexcept {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

int transferred(BIO* bio, ssize_t size, int retry_flag, std::size_t* out) noexcept {
    BIO_clear_retry_flags(bio);
    if (size > 0) {
        *out = static_cast<std::size_t>(size);
        return 1;
    }
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
        BIO_set_flags(bio, retry_flag | BIO_FLAGS_SHOULD_RETRY);
    }
    return 0;
}

int bio_read(BIO* bio, char* room, std::size_t size, std::size_t* out) noexcept {
    return transferred(bio, ::recv(socket_of(bio), room, size, 0), BIO_FLAGS_READ, out);
}

int bio_write(BIO* bio, const char* bytes, std::size_t size, std::size_t* out) noexcept {
    return transferred(bio, ::send(socket_of(bio), bytes, size, MSG_NOSIGNAL), BIO_FLAGS_WRITE, out);
}

long bio_control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) noexcept {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* socket_method() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "cardea socket");
        BIO_meth_set_read_ex(made, bio_read);
        BIO_meth_set_write_ex(made, bio_write);
        BIO_meth_set_ctrl(made, bio_control);
        return made;
    }();
    return method;
}

}  // namespace

TlsStream::TlsStream(const TlsIdentity& identity, int socket) : session_(SSL_new(identity.context())) {
    BIO* const bio = BIO_new(socket_method());
    if (session_ == nullptr || bio == nullptr) {
        BIO_free(bio);
        throw std::bad_alloc();
    }
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
    BIO_set_init(bio, 1);
    SSL_set_bio(session_.get(), bio, bio);
    SSL_set_accept_state(session_.get());
}

TlsStream::Progress TlsStream::read_some(std::span<char> room) noexcept {
    ERR_clear_error();
    std::size_t size = 0;
    const int result = SSL_read_ex(session_.get(), room.data(), room.size(), &size);
    return {result == 1 ? Outcome::done : why_not(result), size};
}

TlsStream::Progress TlsStream::write_some(std::string_view bytes) noexcept {
    Progress progress{Outcome::done, 0};
    while (progress.outcome == Outcome::done && progress.size < bytes.size()) {
        ERR_clear_error();
        std::size_t size = 0;
        const std::string_view rest = bytes.substr(progress.size);
        const int result = SSL_write_ex(session_.get(), rest.data(), rest.size(), &size);
        progress.size += size;
        progress.outcome = result == 1 ? Outcome::done : why_not(result);
    }
    return progress;
}

void TlsStream::say_goodbye() noexcept {
    if (!is_broken_ && SSL_is_init_finished(session_.get()) == 1) {
        ERR_clear_error();
        SSL_shutdown(session_.get());
    }
}

TlsStream::Outcome TlsStream::why_not(int result) noexcept {
    switch (SSL_get_error(session_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return Outcome::wants_read;
        case SSL_ERROR_WANT_WRITE:
            return Outcome::wants_write;
        case SSL_ERROR_ZERO_RETURN:
            return Outcome::ended;
        default:
            is_broken_ = true;  // nothing more may be written, not even a goodbye
            return ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST ? Outcome::plain_http
                                                                          : Outcome::ended;
    }
}

}  // namespace cardea::net::detail
