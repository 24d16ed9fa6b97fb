// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/connection.h"

#include "cardea/base/bytes.h"
#include "cardea/log/log.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>

#include <memory>
#include <span>
#include <tuple>
#include <utility>

namespace cardea::net::detail {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr auto as_result = asio::as_tuple(use_task);

/// Seconds for which a client may send or take nothing before its connection gives way to new ones.
constexpr Tick patience = 3;

constexpr std::string_view failure_body =
    R"({"type":"about:blank","title":"Internal Server Error","status":500,)"
    R"("detail":"Something went wrong on our side; it has been logged."})";

http::Address to_address(const asio::ip::address& address) {
    return http::Address(
        address.is_v6() ? address.to_v6().to_bytes()
                        : asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()).to_bytes()
    );
}

std::string message_of(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "an exception of unknown type";
    }
}

}  // namespace

Connection::Connection(Socket socket, const Tcp::endpoint& client, LoopState& loop)
    : loop_(loop),
      socket_(std::move(socket)),
      peer_(to_address(client.address())),
      client_address_(peer_.to_string()),
      reader_(loop.shared.limits, loop.shared.hosts, loop.blocks, loop.shared.buffers),
      share_(loop.shared.buffers),
      tls_(loop.tls ? std::make_unique<TlsStream>(*loop.tls, socket_.native_handle()) : nullptr),
      timer_(loop.now) {
    loop_.counters.accepted.add();
    loop_.shared.open_connections.fetch_add(1, std::memory_order_relaxed);
}

Connection::~Connection() {
    loop_.shared.open_connections.fetch_sub(1, std::memory_order_relaxed);
}

Task<> Connection::run() {
    while (!is_closing_) {
        enter_reading_phase();
        if (is_resting_) {
            auto [error] = co_await socket_.async_wait(Socket::wait_read, as_result);
            after_wait(error);
            continue;
        }
        const std::span<char> room = reader_.room();
        if (tls_) {
            const Transfer received = co_await read_tls(room);
            after_read(received);
        } else {
            auto [error, size] =
                co_await socket_.async_read_some(asio::buffer(room.data(), room.size()), as_result);
            after_read({error, size});
        }
        Next next = Next::go_on;
        while (next != Next::read) {
            next = answer_ready();
            if (!send_now()) {
                co_await send_rest();
            }
            // Where an answer was cut, no other may follow it on the wire.
            if (next == Next::answer_later && !is_closing_) {
                co_await answer_later();
            }
        }
    }
    co_await part();
}

Task<> Connection::part() {
    if (tls_) {
        tls_->say_goodbye();
    }
    if (is_refused_) {
        co_await linger();
    }
}

/// Answers what has arrived, as far as nothing needs waiting.
Connection::Next Connection::answer_ready() {
    while (!is_closing_) {
        if (outbox_.is_full()) {
            return Next::go_on;
        }
        switch (reader_.next()) {
            case RequestReader::Step::read:
                return Next::read;
            case RequestReader::Step::send_continue:
                outbox_.add("HTTP/1.1 100 Continue\r\n\r\n");
                break;
            case RequestReader::Step::refused:
                refuse(reader_.refusal());
                break;
            case RequestReader::Step::request:
                if (answer_request() == Next::answer_later) {
                    return Next::answer_later;
                }
        }
    }
    return Next::read;
}

Connection::Next Connection::answer_request() {
    if (!begin_answer()) {
        return Next::go_on;
    }
    std::optional<http::Response> response = answer_at_once();
    if (!response) {
        return Next::answer_later;
    }
    finish(*std::move(response));
    return Next::go_on;
}

/// Says who asks. False when that cannot be known, and the request was refused.
bool Connection::begin_answer() {
    timer_.enter(Phase::answering, loop_.now);
    loop_.counters.requests.add();
    http::Request& request = reader_.request();
    if (!loop_.shared.proxy.trust.empty()) {
        const Result<http::Address> client =
            http::find_client_address(peer_, request.headers, loop_.shared.proxy);
        if (!client) {
            refuse(Refusal::malformed_forwarding);
            return false;
        }
        client_address_ = client->to_string();
    }
    request.client_address = client_address_;
    return true;
}

std::optional<http::Response> Connection::answer_at_once() {
    try {
        return loop_.shared.service.answer_at_once(reader_.request());
    } catch (...) {
        return failed(std::current_exception());
    }
}

Task<> Connection::answer_later() {
    timer_.enter(Phase::answering, loop_.now);  // earlier answers may have been sent since
    std::exception_ptr exception;
    try {
        http::Response response = co_await loop_.shared.service.answer(reader_.request());
        finish(std::move(response));
    } catch (...) {
        exception = std::current_exception();
    }
    if (exception) {
        finish(failed(exception));
    }
}

http::Response Connection::failed(const std::exception_ptr& exception) {
    loop_.counters.failures.add();
    const http::Request& request = reader_.request();
    const std::string what = message_of(exception);
    log::error(
        "net.request_failed", {{"method", http::name(request.method)}, {"path", request.path}, {"what", what}}
    );
    return http::Response(http::Status::internal_server_error, "application/problem+json", failure_body);
}

void Connection::finish(http::Response&& response) {
    const bool keeps_alive = reader_.keep_alive() == KeepAlive::yes && !loop_.is_draining;
    Envelope envelope;
    envelope.method = reader_.request().method;
    envelope.minor_version = reader_.minor_version();
    envelope.keep_alive = keeps_alive ? KeepAlive::yes : KeepAlive::no;
    envelope.date_line = loop_.date_line;
    outbox_.add(std::move(response), envelope);
    is_closing_ = is_closing_ || !keeps_alive;
}

void Connection::refuse(Refusal refusal) {
    const std::string peer = peer_.to_string();  // for whom a proxy speaks would stand in what is refused
    loop_.counters.refusals[std::to_underlying(refusal)].add();
    log::debug("net.request_refused", {{"why", name(refusal)}, {"client", peer}});
    const Refused refused{.why = refusal, .client_address = peer, .accept = reader_.accept()};
    outbox_.add_refusal(loop_.shared.service.answer_refused(refused), loop_.date_line);
    is_refused_ = true;
    is_closing_ = true;
}

void Connection::enter_reading_phase() noexcept {
    switch (reader_.waiting()) {
        case RequestReader::Waiting::between_requests:
            if (timer_.phase() != Phase::fresh) {
                timer_.enter(Phase::idle, loop_.now);
            }
            return;
        case RequestReader::Waiting::in_head:
            timer_.enter(Phase::head, loop_.now);
            return;
        case RequestReader::Waiting::in_body:
            timer_.enter(Phase::body, loop_.now);
            return;
    }
}

void Connection::after_wait(const error_code& error) {
    is_resting_ = false;
    if (error) {
        after_interruption(error);
    }
    interruption_ = Interruption::none;
}

void Connection::after_read(const Transfer& received) {
    reader_.received(received.size);
    // A client that always has another byte ready never lets the sweep interrupt a read.
    const bool is_late = interruption_ == Interruption::deadline &&
                         (timer_.phase() == Phase::head || timer_.phase() == Phase::body);
    if (received.error || is_late || interruption_ == Interruption::give_way) {
        after_interruption(received.error);
    }
    interruption_ = Interruption::none;
}

void Connection::after_interruption(const error_code& error) {
    const Interruption why = std::exchange(interruption_, Interruption::none);
    if (error && error != asio::error::operation_aborted) {
        is_closing_ = true;  // the client went away
        return;
    }
    switch (why) {
        case Interruption::rest:
            rest();
            return;
        case Interruption::drain: {
            error_code ignored;
            is_closing_ = socket_.available(ignored) == 0;  // a request that is here already is answered
            return;
        }
        case Interruption::deadline:
            after_deadline();
            return;
        case Interruption::give_way:
        case Interruption::none:
            is_closing_ = true;
    }
}

void Connection::after_deadline() {
    is_closing_ = true;
    if (timer_.phase() == Phase::head || timer_.phase() == Phase::body) {
        loop_.counters.timeouts.add();
        refuse(timer_.phase() == Phase::head ? Refusal::head_too_slow : Refusal::body_too_slow);
    }
}

void Connection::rest() noexcept {
    reader_.release();
    outbox_.release();
    is_resting_ = true;
}

void Connection::on_tick() {
    const bool is_idle = timer_.phase() == Phase::idle || timer_.phase() == Phase::fresh;
    const bool drains = is_idle && loop_.is_draining && timer_.elapsed(loop_.now) > 0;
    if (drains || timer_.is_expired(loop_.shared.limits, loop_.now)) {
        interrupt(Interruption::deadline);
    } else if (is_idle && !is_resting_ && timer_.elapsed(loop_.now) > 0) {
        interrupt(Interruption::rest);
    } else if (holds_counted_bytes() && loop_.shared.buffers.is_scarce()) {
        std::ignore = give_way();
    }
}

bool Connection::holds_counted_bytes() const noexcept {
    return reader_.is_counted() || !share_.is_empty();
}

void Connection::on_drain() {
    if (timer_.phase() == Phase::idle) {
        interrupt(Interruption::drain);
    }
}

bool Connection::give_way() {
    if (timer_.phase() == Phase::answering || interruption_ == Interruption::give_way) {
        return false;
    }
    const bool is_at_work = timer_.phase() == Phase::body || timer_.phase() == Phase::writing;
    if (timer_.elapsed(loop_.now) < (is_at_work ? patience : 1)) {
        return false;
    }
    loop_.counters.evicted.add();
    interrupt(Interruption::give_way);
    return true;
}

void Connection::interrupt(Interruption why) {
    interruption_ = why;
    error_code ignored;
    socket_.cancel(ignored);
}

/// Reads on for a moment after a refusal: closing a socket with unread bytes resets it, and the client would
/// never see the answer.
Task<> Connection::linger() {
    reader_.release();
    outbox_.release();
    error_code error;
    socket_.shutdown(Socket::shutdown_send, error);
    timer_.restart(Phase::lingering, loop_.now);
    interruption_ = Interruption::none;
    while (!error && interruption_ == Interruption::none) {
        auto [read_error, size] = co_await socket_.async_read_some(asio::buffer(loop_.scrap), as_result);
        error = read_error;
    }
}

}  // namespace cardea::net::detail
