// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/loop.h"

#include "cardea/base/time_text.h"
#include "cardea/log/log.h"
#include "cardea/net/detail/response_writer.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <exception>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace cardea::net::detail {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr auto as_result = asio::as_tuple(use_task);

/// How long to wait when the process has no file descriptor left for a client.
constexpr auto accept_pause = 100ms;

/// For coroutines that end with their loop: an exception from them is a bug, and ends the program.
void rethrow(const std::exception_ptr& exception) {
    if (exception) {
        std::rethrow_exception(exception);
    }
}

/// Out of memory, as a rule: this client pays, no other.
void log_failure(const std::exception& error) {
    log::error("net.connection_failed", {{"what", std::string_view(error.what())}});
}

}  // namespace

Loop::Loop(Shared& shared) : state_(shared), context_(1), timer_(context_.get_executor()) {
    tick();
}

Loop::~Loop() = default;

void Loop::listen(Acceptor acceptor) {
    acceptors_.push_back(std::move(acceptor));
}

void Loop::run() {
    for (Acceptor& acceptor : acceptors_) {
        asio::co_spawn(context_, accept_from(acceptor), rethrow);
    }
    asio::co_spawn(context_, sweep(), rethrow);
    context_.run();
}

void Loop::stop() {
    context_.stop();
}

void Loop::use_tls(std::shared_ptr<const TlsIdentity> identity) {
    asio::post(context_, [this, identity = std::move(identity)] { state_.tls = identity; });
}

void Loop::drain(std::function<void()> on_drained) {
    asio::post(context_, [this, on_drained = std::move(on_drained)]() mutable {
        on_drained_ = std::move(on_drained);
        begin_drain();
    });
}

void Loop::begin_drain() {
    state_.is_draining = true;
    for (Acceptor& acceptor : acceptors_) {
        take_backlog(acceptor);
        error_code ignored;
        acceptor.close(ignored);
    }
    for (Connection& connection : connections_) {
        connection.on_drain();
    }
    connection_closed();
}

/// Clients that the kernel has greeted already would otherwise be reset.
void Loop::take_backlog(Acceptor& acceptor) {
    error_code error;
    acceptor.non_blocking(true, error);
    while (!error) {
        Tcp::endpoint client;
        Socket socket = acceptor.accept(client, error);
        if (!error) {
            take(std::move(socket), client);
        }
    }
}

Task<> Loop::accept_from(Acceptor& acceptor) {
    while (acceptor.is_open()) {
        Tcp::endpoint client;
        auto [error, socket] = co_await acceptor.async_accept(client, as_result);
        if (!error) {
            take(std::move(socket), client);
        } else if (acceptor.is_open() && error != asio::error::connection_aborted) {
            on_accept_failure(error);
            SweepTimer pause(context_.get_executor(), accept_pause);
            co_await pause.async_wait(use_task);
        }
    }
}

/// The process has no file descriptor left, as a rule: as good as too many connections.
void Loop::on_accept_failure(const error_code& error) {
    constexpr Tick between_warnings = 60;
    state_.counters.refusals[std::to_underlying(Refusal::too_many_connections)].add();
    if (state_.now >= next_accept_warning_) {
        next_accept_warning_ = state_.now + between_warnings;
        log::warning("net.accept_failed", {{"what", error.message()}});
    }
    std::ignore = make_room();
}

void Loop::take(Socket socket, const Tcp::endpoint& client) {
    error_code error;
    socket.non_blocking(true, error);
    if (error) {
        return;
    }
    const std::uint64_t open = state_.shared.open_connections.load(std::memory_order_relaxed);
    if (open >= state_.shared.limits.connections && !make_room()) {
        refuse(socket);
        return;
    }
    try {
        auto connection = std::make_unique<Connection>(std::move(socket), client, state_);
        connections_.push_back(*connection);
        asio::co_spawn(context_, serve(std::move(connection)), rethrow);
    } catch (const std::exception& error) {
        log_failure(error);
    }
}

/// Whoever opens connections and leaves them waiting must not keep others out. Looks at a few, those first
/// that it has not looked at for longest.
bool Loop::make_room() {
    constexpr int tries = 64;
    for (int i = 0; i < tries && !connections_.empty(); ++i) {
        Connection& connection = connections_.front();
        connections_.splice(connections_.end(), connections_, connections_.begin());
        if (connection.give_way()) {
            return true;
        }
    }
    return false;
}

void Loop::refuse(Socket& socket) {
    constexpr Refusal refusal = Refusal::too_many_connections;
    state_.counters.refusals[std::to_underlying(refusal)].add();
    std::string answer;
    append_refusal(answer, refusal_response(refusal), state_.date_line);
    error_code ignored;
    socket.write_some(asio::buffer(answer), ignored);
}

Task<> Loop::serve(std::unique_ptr<Connection> connection) {
    try {
        co_await connection->run();
    } catch (const std::exception& error) {
        log_failure(error);
    }
    connection.reset();
    connection_closed();
}

void Loop::connection_closed() {
    if (state_.is_draining && connections_.empty() && on_drained_) {
        std::exchange(on_drained_, nullptr)();
    }
}

Task<> Loop::sweep() {
    while (true) {
        timer_.expires_after(1s);
        co_await timer_.async_wait(use_task);
        ++state_.now;
        tick();
    }
}

void Loop::tick() {
    state_.date_line = "Date: " + to_http_date(state_.shared.clock.now()) + "\r\n";
    for (Connection& connection : connections_) {
        connection.on_tick();
    }
}

}  // namespace cardea::net::detail
