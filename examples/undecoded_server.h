// SPDX-License-Identifier: Apache-2.0
// cpp-httplib before 0.44 percent-decodes the values of headers. A cookie of another host,
// `x=%3B%20__Host-session%3D...`, would become two, the second with a name that no other host can set. This
// server hands on what was sent. From 0.44 on, take httplib::Server.
#pragma once

#include <array>
#include <cstddef>
#include <httplib.h>
#include <netdb.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

/// The connection of one request, on which each `%` of a header is written `%25`: decoded, it is what was
/// sent. Reading and writing wait, for as long as the server's timeouts say.
class UndecodedConnection final : public httplib::Stream {
 public:
    explicit UndecodedConnection(socket_t socket) : socket_(socket) {}

    ssize_t read(char* out, size_t size) override {
        if (next_ == read_.size() && !receive()) {
            return -1;
        }
        const std::size_t count = read_.copy(out, size, next_);
        next_ += count;
        return static_cast<ssize_t>(count);
    }
    ssize_t write(const char* text, size_t size) override {
        return ::send(socket_, text, size, MSG_NOSIGNAL);
    }
    [[nodiscard]] bool is_readable() const override { return true; }
    [[nodiscard]] bool is_writable() const override { return true; }

    void get_remote_ip_and_port(std::string& ip, int& port) const override {
        address(&::getpeername, ip, port);
    }
    void get_local_ip_and_port(std::string& ip, int& port) const override {
        address(&::getsockname, ip, port);
    }
    [[nodiscard]] socket_t socket() const override { return socket_; }

 private:
    enum class Part : unsigned char { request_line, headers, body };
    static constexpr std::size_t max_head = 16 * 1024;  ///< cpp-httplib has no bound of its own

    bool receive() {
        read_.clear();
        next_ = 0;
        std::array<char, 4096> bytes{};
        const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
        for (ssize_t i = 0; i < count; ++i) {
            take(bytes[static_cast<std::size_t>(i)]);
        }
        return count > 0 && head_size_ <= max_head;
    }

    void take(char c) {
        read_ += c;
        if (part_ == Part::body) {
            return;
        }
        if (part_ == Part::headers && c == '%') {
            read_ += "25";
        }
        ++head_size_;
        follow(c);
    }

    /// Lines end as they do for cpp-httplib, and the head with one that holds nothing but CR LF.
    void follow(char c) {
        line_ += c;
        if (c == '\n') {
            part_ = part_ == Part::headers && line_ == "\r\n" ? Part::body : Part::headers;
            line_.clear();
        }
    }

    void address(int (*find)(int, sockaddr*, socklen_t*), std::string& ip, int& port) const {
        sockaddr_storage found{};
        socklen_t size = sizeof found;
        auto* any = reinterpret_cast<sockaddr*>(&found);
        std::string host(NI_MAXHOST, '\0');
        std::string service(NI_MAXSERV, '\0');
        if (find(socket_, any, &size) == 0 && ::getnameinfo(
                                                  any,
                                                  size,
                                                  host.data(),
                                                  NI_MAXHOST,
                                                  service.data(),
                                                  NI_MAXSERV,
                                                  NI_NUMERICHOST | NI_NUMERICSERV
                                              ) == 0) {
            ip = host.c_str();
            port = std::stoi(service);
        }
    }

    socket_t socket_;
    std::string read_;  ///< what cpp-httplib gets, and how much of it it has
    std::size_t next_ = 0;
    std::string line_;
    std::size_t head_size_ = 0;
    Part part_ = Part::request_line;
};

/// One request per connection, without TLS.
class UndecodedServer final : public httplib::Server {
    bool process_and_close_socket(socket_t socket) override {
        UndecodedConnection connection(socket);
        bool closed = true;
        const bool answered = process_request(connection, true, closed, nullptr);
        ::shutdown(socket, SHUT_RDWR);
        ::close(socket);
        return answered;
    }
};
