// SPDX-License-Identifier: Apache-2.0
#include "server/control/control_socket.h"

#include "cardea/log/log.h"
#include "server/control/peer.h"
#include "server/control/wire.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cardea::server {

namespace asio = boost::asio;

namespace {

using Protocol = asio::local::stream_protocol;
using Socket = asio::basic_stream_socket<Protocol, Executor>;
using Acceptor = asio::basic_socket_acceptor<Protocol, Executor>;
using Timer = asio::
    basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

/// A command sends its line at once; somebody who does not is cut.
constexpr std::chrono::seconds longest_request{10};
/// Accepting fails only when the process is out of descriptors: wait for some to come back.
constexpr std::chrono::milliseconds pause_after_failure{200};
constexpr std::size_t first_line_bytes = 4096;

void log_failure(const std::exception_ptr& failure) {
    if (failure) {
        log::error("control.failed");
    }
}

}  // namespace

struct ControlSocket::State {
    State(const Executor& executor, std::filesystem::path where, Operations& what)
        : acceptor(executor), path(std::move(where)), operations(what) {}

    static Task<> accept_all(std::shared_ptr<State> state);
    static Task<> answer_one(std::shared_ptr<Socket> socket, std::shared_ptr<State> state);

    Acceptor acceptor;
    std::filesystem::path path;
    Operations& operations;
};

Task<> ControlSocket::State::accept_all(std::shared_ptr<State> state) {
    const Executor executor = state->acceptor.get_executor();
    Timer pause(executor);
    while (state->acceptor.is_open()) {
        auto socket = std::make_shared<Socket>(executor);
        auto [error] = co_await state->acceptor.async_accept(*socket, asio::as_tuple(use_task));
        if (!error) {
            asio::co_spawn(executor, answer_one(std::move(socket), state), log_failure);
            continue;
        }
        pause.expires_after(pause_after_failure);
        co_await pause.async_wait(asio::as_tuple(use_task));
    }
}

Task<> ControlSocket::State::answer_one(std::shared_ptr<Socket> socket, std::shared_ptr<State> state) {
    // It holds even for the instant before the socket's mode is set.
    if (!is_trusted_peer(find_peer(socket->native_handle()), ::geteuid(), std::nullopt)) {
        log::warning("control.refused", {{"reason", "another user's process"}});
        co_return;
    }
    Timer deadline(socket->get_executor(), longest_request);
    deadline.async_wait([socket](boost::system::error_code error) {
        if (!error) {
            socket->close(error);
        }
    });
    std::string line;
    line.reserve(first_line_bytes);
    auto buffer = asio::dynamic_buffer(line, max_control_line);
    auto [read_error, size] =
        co_await asio::async_read_until(*socket, buffer, '\n', asio::as_tuple(use_task));
    deadline.cancel();
    if (read_error) {
        co_return;
    }
    line.resize(size - 1);
    std::string answer = co_await answer_control(state->operations, std::move(line));
    answer += '\n';
    const auto bytes = asio::buffer(answer);
    co_await asio::async_write(*socket, bytes, asio::as_tuple(use_task));
}

Result<std::unique_ptr<ControlSocket>> ControlSocket::listen(
    const Executor& executor, const std::filesystem::path& path, Operations& operations
) {
    if (path.native().size() >= sizeof(sockaddr_un::sun_path)) {
        return fail(
            Errc::io,
            fmt::format(
                "{}: a socket's path is at most 107 bytes: choose a shorter data folder", path.string()
            )
        );
    }
    auto state = std::make_shared<State>(executor, path, operations);
    boost::system::error_code error;
    ::unlink(path.c_str());
    state->acceptor.open(Protocol(), error);
    if (!error) {
        state->acceptor.bind(Protocol::endpoint(path.string()), error);
    }
    if (!error && ::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) {
        error.assign(errno, boost::system::system_category());
    }
    if (!error) {
        state->acceptor.listen(Acceptor::max_listen_connections, error);
    }
    if (error) {
        return fail(Errc::io, fmt::format("{}: {}", path.string(), error.message()));
    }
    asio::co_spawn(executor, State::accept_all(state), log_failure);
    return std::unique_ptr<ControlSocket>(new ControlSocket(std::move(state)));
}

ControlSocket::ControlSocket(std::shared_ptr<State> state) : state_(std::move(state)) {}

ControlSocket::~ControlSocket() {
    boost::system::error_code error;
    state_->acceptor.close(error);
    ::unlink(state_->path.c_str());
}

}  // namespace cardea::server
