// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"
#include "cardea/net/detail/connection.h"
#include "cardea/net/detail/loop_state.h"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace cardea::net::detail {

using Acceptor = boost::asio::basic_socket_acceptor<Tcp, Executor>;
using SweepTimer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock,
    boost::asio::wait_traits<std::chrono::steady_clock>,
    Executor>;

/// One thread's event loop: its listening sockets, its connections, and the sweep that keeps their deadlines.
class Loop {
 public:
    explicit Loop(Shared& shared);
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// Takes over a listening socket. Before run() only.
    void listen(Acceptor acceptor);
    /// Serves until stop(). The body of the loop's thread.
    void run();

    /// The identity of connections from now on; null for none. Thread-safe, as the rest below.
    void use_tls(std::shared_ptr<const TlsIdentity> identity);

    /// Begins to drain; `on_drained` is called on the loop's thread when the last connection has closed.
    void drain(std::function<void()> on_drained);
    void stop();
    [[nodiscard]] Executor executor() noexcept { return context_.get_executor(); }
    [[nodiscard]] const Counters& counters() const noexcept { return state_.counters; }

 private:
    [[nodiscard]] Task<> accept_from(Acceptor& acceptor);
    [[nodiscard]] Task<> serve(std::unique_ptr<Connection> connection);
    [[nodiscard]] Task<> sweep();
    void take(Socket socket, const Tcp::endpoint& client);
    void take_backlog(Acceptor& acceptor);
    void on_accept_failure(const boost::system::error_code& error);
    void refuse(Socket& socket);
    [[nodiscard]] bool make_room();
    void begin_drain();
    void tick();
    void connection_closed();

    LoopState state_;
    boost::intrusive::list<Connection, boost::intrusive::constant_time_size<false>> connections_;
    std::function<void()> on_drained_;
    Tick next_accept_warning_ = 0;
    boost::asio::io_context context_;  // its end destroys the connections, which use what stands above
    std::vector<Acceptor> acceptors_;
    SweepTimer timer_;
};

}  // namespace cardea::net::detail
