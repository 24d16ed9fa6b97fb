// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/net/server.h"
#include "tests/support/socket_client.h"

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>

namespace cardea::testing {

/// Answers with what it was asked; paths that begin with /later make it wait once, /later/gate until open.
class EchoService final : public net::Service {
 public:
    std::optional<http::Response> answer_at_once(const http::Request& request) override {
        if (request.path.starts_with("/later")) {
            return std::nullopt;
        }
        return respond(request);
    }

    Task<http::Response> answer(const http::Request& request) override {
        const Executor executor = co_await boost::asio::this_coro::executor;
        do {
            co_await boost::asio::post(executor, use_task);
        } while (request.path == "/later/gate" && !is_open);
        co_return respond(request);
    }

    std::atomic<int> answered = 0;
    std::atomic<bool> is_open = false;

 private:
    http::Response respond(const http::Request& request) {
        ++answered;
        if (request.path.ends_with("/throws")) {
            throw std::runtime_error("on purpose");
        }
        if (request.path == "/nothing") {
            return http::Response(http::Status::no_content);
        }
        if (request.path == "/big") {
            return {http::Status::ok, "text/plain", std::string(8'000'000, 'b')};
        }
        std::string text(http::name(request.method));
        text.append(" ").append(request.path).append(" ").append(request.body);
        text.append(" from ").append(request.client_address);
        return {http::Status::ok, "text/plain", std::move(text)};
    }
};

/// A server of one thread on a free port of loopback.
class ServerTest : public ::testing::Test {
 protected:
    void start(net::ServerOptions options = {}) {
        options.listen = {"127.0.0.1:0"};
        options.threads = 1;
        Result<std::unique_ptr<net::Server>> started = net::Server::start(options, service_, clock_);
        ASSERT_TRUE(started) << started.error().context;
        server_ = std::move(*started);
    }
    SocketClient connect() { return SocketClient(server_->addresses()[0]); }

    FakeClock clock_;
    EchoService service_;
    std::unique_ptr<net::Server> server_;
};

inline std::string get(std::string_view path, std::string_view lines = {}) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a.test\r\n" + std::string(lines) + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

}  // namespace cardea::testing
