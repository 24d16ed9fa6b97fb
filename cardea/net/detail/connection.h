// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"
#include "cardea/http/address.h"
#include "cardea/http/response.h"
#include "cardea/net/detail/buffer_budget.h"
#include "cardea/net/detail/loop_state.h"
#include "cardea/net/detail/outbox.h"
#include "cardea/net/detail/phase_timer.h"
#include "cardea/net/detail/request_reader.h"
#include "cardea/net/detail/tls_stream.h"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/intrusive/list_hook.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace cardea::net::detail {

using Tcp = boost::asio::ip::tcp;
using Socket = boost::asio::basic_stream_socket<Tcp, Executor>;

/// One client's connection, from accept to close. Everything happens on the thread of its loop. While it
/// rests it holds no buffers.
class Connection
    : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
 public:
    Connection(Socket socket, const Tcp::endpoint& client, LoopState& loop);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Serves requests until either side closes.
    [[nodiscard]] Task<> run();

    /// Called by the loop once a second: keeps the deadlines, takes the buffers from a resting connection,
    /// and lets one that holds much give way where all together hold too much.
    void on_tick();
    /// Called by the loop when it begins to drain: a connection that rests after a request closes now.
    void on_drain();
    /// Called when there are too many connections or buffered bytes: closes this one if its client has kept
    /// it waiting for a while. Whether it does.
    [[nodiscard]] bool give_way();

 private:
    enum class Next : std::uint8_t { read, answer_later, go_on };
    enum class Interruption : std::uint8_t { none, deadline, rest, drain, give_way };
    struct Transfer {
        boost::system::error_code error;
        std::size_t size = 0;
    };

    [[nodiscard]] Next answer_ready();
    [[nodiscard]] Next answer_request();
    [[nodiscard]] bool begin_answer();
    [[nodiscard]] std::optional<http::Response> answer_at_once();
    [[nodiscard]] Task<> answer_later();
    [[nodiscard]] http::Response failed(const std::exception_ptr& exception);
    void finish(http::Response&& response);
    void refuse(Refusal refusal);

    [[nodiscard]] Task<Transfer> read_tls(std::span<char> room);
    [[nodiscard]] Task<Transfer> write_tls();
    [[nodiscard]] bool send_now();
    [[nodiscard]] std::size_t write_some(boost::system::error_code& error);
    [[nodiscard]] Task<> send_rest();
    [[nodiscard]] bool holds_counted_bytes() const noexcept;
    void close_broken() noexcept;

    void enter_reading_phase() noexcept;
    void after_wait(const boost::system::error_code& error);
    void after_read(const Transfer& received);
    void after_write(const Transfer& written);
    void after_interruption(const boost::system::error_code& error);
    void after_deadline();
    void interrupt(Interruption why);
    void rest() noexcept;
    [[nodiscard]] Task<> part();
    [[nodiscard]] Task<> linger();

    LoopState& loop_;
    Socket socket_;
    http::Address peer_;
    std::string client_address_;
    RequestReader reader_;
    Outbox outbox_;
    BufferShare share_;               // of what waits there for the client
    std::unique_ptr<TlsStream> tls_;  // null: plain HTTP
    PhaseTimer timer_;
    Interruption interruption_ = Interruption::none;
    bool is_resting_ = true;  // holds no buffers and waits for a byte
    bool is_closing_ = false;
    bool is_refused_ = false;
};

}  // namespace cardea::net::detail
