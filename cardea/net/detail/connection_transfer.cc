// SPDX-License-Identifier: Apache-2.0
// How the bytes of a connection come and go, in the clear and under TLS.
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
    error_code error;
    while (!outbox_.is_empty() && !error) {
        const std::size_t size = write_some(error);
        outbox_.sent(size);
    }
    if (error && error != asio::error::would_block) {
        close_broken();
    }
    return outbox_.is_empty();
}

/// Sends as the client takes it. What waits meanwhile is counted; where the budget has no more, the client is
/// cut.
Task<> Connection::send_rest() {
    const std::size_t held = outbox_.held_bytes();
    if (held > uncounted_bytes && !share_.grow_to(held)) {
        loop_.counters.evicted.add();
        close_broken();
    }
    while (!outbox_.is_empty()) {
        timer_.restart(Phase::writing, loop_.now);
        if (tls_) {
            const Transfer written = co_await write_tls();
            after_write(written);
        } else {
            const std::string_view unsent = outbox_.unsent();
            auto [error, size] =
                co_await socket_.async_write_some(asio::buffer(unsent.data(), unsent.size()), as_result);
            after_write({error, size});
        }
    }
    share_.release();
}

Task<Connection::Transfer> Connection::write_tls() {
    Transfer written;
    while (!written.error) {
        const TlsStream::Progress progress = tls_->write_some(outbox_.unsent());
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
        const std::string_view unsent = outbox_.unsent();
        return socket_.write_some(asio::buffer(unsent.data(), unsent.size()), error);
    }
    const TlsStream::Progress progress = tls_->write_some(outbox_.unsent());
    if (progress.size == 0) {
        error = waits(progress.outcome) ? asio::error::would_block : asio::error::broken_pipe;
    }
    return progress.size;
}

void Connection::after_write(const Transfer& written) {
    if (!written.error && interruption_ != Interruption::give_way) {
        outbox_.sent(written.size);
        interruption_ = Interruption::none;  // it came too late, and is not meant for what follows
        return;
    }
    if (interruption_ == Interruption::deadline) {
        loop_.counters.timeouts.add();
    }
    close_broken();
}

void Connection::close_broken() noexcept {
    outbox_.release();
    is_closing_ = true;
    is_refused_ = false;
}

}  // namespace cardea::net::detail
