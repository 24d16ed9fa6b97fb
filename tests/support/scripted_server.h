// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/http_bytes.h"

#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace cardea::testing {

/// What a scripted server may do with a connection, once the request is read.
class ServedConnection {
 public:
    explicit ServedConnection(int socket) : socket_(socket) {}

    /// Whether all of it went out.
    bool send(std::string_view bytes) { return send_all(socket_, bytes); }
    void wait_for_the_client_to_give_up() {
        std::array<char, 256> buffer;
        while (::recv(socket_, buffer.data(), buffer.size(), 0) > 0) {
        }
    }

 private:
    int socket_;
};

/// A plain server on a free port of 127.0.0.1 that does to one connection after the other what a test wants.
class ScriptedServer {
 public:
    using Script = std::function<void(ServedConnection&, const std::string& request)>;

    explicit ScriptedServer(Script script) : script_(std::move(script)) {
        sockaddr_in at{.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
        socklen_t size = sizeof at;
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ::bind(listener_, reinterpret_cast<const sockaddr*>(&at), size);
        ::listen(listener_, 16);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    /// One that answers everything with these bytes.
    explicit ScriptedServer(std::string answer)
        : ScriptedServer([answer = std::move(answer)](ServedConnection& connection, const std::string&) {
              connection.send(answer);
          }) {}
    ~ScriptedServer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string url(std::string_view path, std::string_view host = "127.0.0.1") const {
        return "http://" + std::string(host) + ":" + std::to_string(port_) + std::string(path);
    }
    /// The requests that came, head and body, in their order.
    [[nodiscard]] std::vector<std::string> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

 private:
    void serve() {
        int socket = -1;
        while ((socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0) {
            const std::string request = read_request(socket);
            {
                const std::lock_guard lock(mutex_);
                requests_.push_back(request);
            }
            ServedConnection connection(socket);
            script_(connection, request);
            ::shutdown(socket, SHUT_WR);
            connection.wait_for_the_client_to_give_up();
            ::close(socket);
        }
    }

    static std::string read_request(int socket) {
        std::string text;
        std::array<char, 16384> buffer;
        ssize_t size = 0;
        while (!is_whole(text) && (size = ::recv(socket, buffer.data(), buffer.size(), 0)) > 0) {
            text.append(buffer.data(), static_cast<std::size_t>(size));
        }
        return text;
    }
    static bool is_whole(const std::string& text) {
        const std::size_t head = text.find("\r\n\r\n");
        return head != std::string::npos && text.size() - head - 4 >= content_length(text.substr(0, head));
    }

    Script script_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::thread thread_;
};

}  // namespace cardea::testing
