// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/http_bytes.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

namespace cardea::testing {

/// A response as it came over a socket.
struct RawResponse {
    int status = 0;  ///< 0 when the connection ended first
    std::string head;
    std::string body;

    /// Whether the head has this line, written exactly so.
    [[nodiscard]] bool has_line(std::string_view line) const {
        return head.find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
    }
};

/// A blocking client that sends exactly the bytes it is told to. Reads give up after ten seconds.
class SocketClient {
 public:
    /// `address` as Server::addresses() gives it: "127.0.0.1:8080" or "[::1]:8080".
    explicit SocketClient(std::string_view address) {
        const std::size_t colon = address.rfind(':');
        const auto port =
            static_cast<std::uint16_t>(std::atoi(std::string(address.substr(colon + 1)).c_str()));
        if (address.starts_with('[')) {
            sockaddr_in6 to{.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = in6addr_loopback};
            open(AF_INET6, reinterpret_cast<const sockaddr*>(&to), sizeof to);
        } else {
            sockaddr_in to{.sin_family = AF_INET, .sin_port = htons(port)};
            inet_pton(AF_INET, std::string(address.substr(0, colon)).c_str(), &to.sin_addr);
            open(AF_INET, reinterpret_cast<const sockaddr*>(&to), sizeof to);
        }
    }
    ~SocketClient() { close(); }
    SocketClient(SocketClient&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}
    SocketClient& operator=(SocketClient&&) = delete;
    SocketClient(const SocketClient&) = delete;
    SocketClient& operator=(const SocketClient&) = delete;

    [[nodiscard]] bool is_connected() const { return socket_ >= 0; }
    void close() {
        if (socket_ >= 0) {
            ::close(std::exchange(socket_, -1));
        }
    }

    /// Whether all of it went out.
    bool send(std::string_view bytes) { return send_all(socket_, bytes); }
    void finish_sending() { ::shutdown(socket_, SHUT_WR); }

    /// The next response of the connection, as its Content-Length delimits it.
    RawResponse read_response(bool of_head_request = false) {
        RawResponse response;
        std::size_t head_size = 0;
        while ((head_size = received_.find("\r\n\r\n")) == std::string::npos) {
            if (!receive()) {
                return response;
            }
        }
        response.head = received_.substr(0, head_size + 4);
        received_.erase(0, head_size + 4);
        const std::size_t size = of_head_request ? 0 : content_length(response.head);
        while (received_.size() < size) {
            if (!receive()) {
                return response;
            }
        }
        response.body = received_.substr(0, size);
        received_.erase(0, size);
        response.status = std::atoi(response.head.c_str() + std::string_view("HTTP/1.1 ").size());
        return response;
    }

    RawResponse exchange(std::string_view request) {
        send(request);
        return read_response();
    }

    /// What comes until the server closes, or a read gives up: is_closed_by_server() tells them apart.
    std::string read_to_end() {
        while (receive()) {
        }
        return std::exchange(received_, {});
    }
    /// Whether a read would answer at once: with bytes, or with the end.
    [[nodiscard]] bool has_something_to_read() const {
        pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
        return !received_.empty() || ::poll(&waiting, 1, 0) > 0;
    }
    /// Whether the server closes, without another byte before. A connection that stays open is not closed.
    bool is_closed_by_server() { return received_.empty() && !receive() && is_at_end_; }

 private:
    void open(int family, const sockaddr* to, socklen_t size) {
        socket_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval patience{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        if (::connect(socket_, to, size) != 0) {
            close();
        }
    }
    bool receive() {
        std::array<char, 16384> buffer;
        const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
        is_at_end_ = size == 0 || (size < 0 && errno == ECONNRESET);
        if (size > 0) {
            received_.append(buffer.data(), static_cast<std::size_t>(size));
        }
        return size > 0;
    }

    int socket_ = -1;
    std::string received_;
    bool is_at_end_ = false;  // the last read came to the end, and did not give up
};

}  // namespace cardea::testing
