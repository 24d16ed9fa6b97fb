// SPDX-License-Identifier: Apache-2.0
// How the bytes of a connection come and go, in the clear and under TLS.
#include "cardea/base/bytes.h"
#include "cardea/net/detail/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

#include <string_view>

namespace cardea::net::detail {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr auto as_result = asio::as_tuple(use_task);

// Output memory above this is given back after use.
constexpr std::size_t kept_output_bytes = 64 * 1024;

bool waits(TlsStream::Outcome outcome) noexcept {
    return outcome == TlsStream::Outcome::wants_read || outcome == TlsStream::Outcome::wants_write;
}

Socket::wait_type to_wait(TlsStream::Outcome outcome) noexcept {
    return outcome == TlsStream::Outcome::wants_write ? Socket::wait_write : Socket::wait_read;
}

}  // namespace

Task<Connection::Transfer> Connection::read_tls(std::span<char> room) {
    Transfer received;
    while (!received.error) {
        const TlsStream::Progress progress = tls_->read_some(room);
        if (progress.outcome == TlsStream::Outcome::done) {
            received.size = progress.size;
            co_return received;
        }
        if (progress.outcome == TlsStream::Outcome::plain_http) {
            tls_.reset();
            refuse(Refusal::plain_http);
            co_return received;
        }
        if (!waits(progress.outcome)) {
            received.error = asio::error::eof;
            co_return received;
        }
        auto [error] = co_await socket_.async_wait(to_wait(progress.outcome), as_result);
        received.error = error;
        if (interruption_ == Interruption::deadline) {  // a socket that always has bytes is never interrupted
            received.error = asio::error::operation_aborted;
        }
    }
    co_return received;
}

/// One attempt without waiting. Whether everything has gone, or cannot go any more.
bool Connection::send_now() {
    if (out_.empty()) {
        return true;
    }
    error_code error;
    const std::size_t size = write_some(error);
    if (error && error != asio::error::would_block) {
        close_broken();
        return true;
    }
    sent(size);
    return out_.empty();
}

Task<> Connection::send_rest() {
    while (!out_.empty()) {
        timer_.restart(Phase::writing, loop_.now);
        if (tls_) {
            const Transfer written = co_await write_tls();
            after_write(written);
        } else {
            auto [error, size] = co_await socket_.async_write_some(
                asio::buffer(out_.data() + sent_, out_.size() - sent_), as_result
            );
            after_write({error, size});
        }
    }
}

Task<Connection::Transfer> Connection::write_tls() {
    Transfer written;
    while (!written.error) {
        const TlsStream::Progress progress = tls_->write_some(std::string_view(out_).substr(sent_));
        written.size = progress.size;
        if (progress.size > 0) {
            co_return written;
        }
        if (!waits(progress.outcome)) {
            written.error = asio::error::broken_pipe;
            co_return written;
        }
        auto [error] = co_await socket_.async_wait(to_wait(progress.outcome), as_result);
        written.error = error;
    }
    co_return written;
}

/// What goes without waiting; asio::error::would_block when that is nothing.
std::size_t Connection::write_some(error_code& error) {
    if (!tls_) {
        return socket_.write_some(asio::buffer(out_), error);
    }
    const TlsStream::Progress progress = tls_->write_some(out_);
    if (progress.size == 0) {
        error = waits(progress.outcome) ? asio::error::would_block : asio::error::broken_pipe;
    }
    return progress.size;
}

void Connection::after_write(const Transfer& written) {
    if (!written.error) {
        sent(written.size);
        return;
    }
    if (interruption_ == Interruption::deadline) {
        loop_.counters.timeouts.add();
    }
    close_broken();
}

void Connection::sent(std::size_t size) {
    sent_ += size;
    if (sent_ == out_.size()) {
        sent_ = 0;
        if (out_.capacity() > kept_output_bytes) {
            release_output();
        }
        out_.clear();
    }
}

void Connection::close_broken() noexcept {
    out_.clear();
    sent_ = 0;
    is_closing_ = true;
    is_refused_ = false;
}

void Connection::release_output() noexcept {
    out_.resize(out_.capacity());  // tokens that were sent lie behind its end
    wipe(out_.data(), out_.size());
    out_ = {};
}

}  // namespace cardea::net::detail
