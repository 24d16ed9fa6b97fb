// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/server.h"

#include "tests/support/socket_client.h"

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

namespace cardea::net {
namespace {

using testing::RawResponse;
using testing::SocketClient;

/// Answers with what it was asked; paths that begin with /later make it wait once, /later/gate until open.
class EchoService final : public Service {
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

class ServerTest : public ::testing::Test {
 protected:
    void start(ServerOptions options = {}) {
        options.listen = {"127.0.0.1:0"};
        options.threads = 1;
        Result<std::unique_ptr<Server>> started = Server::start(options, service_, clock_);
        ASSERT_TRUE(started) << started.error().context;
        server_ = std::move(*started);
    }
    SocketClient connect() { return SocketClient(server_->addresses()[0]); }

    FakeClock clock_;
    EchoService service_;
    std::unique_ptr<Server> server_;
};

std::string get(std::string_view path, std::string_view lines = {}) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a.test\r\n" + std::string(lines) + "\r\n";
}

std::string post(std::string_view path, std::string_view body) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

TEST_F(ServerTest, answers_on_a_connection_that_it_keeps) {
    start();
    SocketClient client = connect();

    const RawResponse first = client.exchange(get("/a"));
    const RawResponse second = client.exchange(post("/b", "body"));

    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, "GET /a  from 127.0.0.1");
    EXPECT_TRUE(first.has_line("Content-Type: text/plain"));
    EXPECT_TRUE(first.has_line("Content-Length: 22"));
    EXPECT_TRUE(first.has_line("Date: Tue, 14 Nov 2023 22:13:20 GMT"));
    EXPECT_EQ(first.head.find("Connection:"), std::string::npos);
    EXPECT_EQ(second.body, "POST /b body from 127.0.0.1");
}

TEST_F(ServerTest, answers_pipelined_requests_in_order) {
    start();
    SocketClient client = connect();

    client.send(get("/1") + get("/later/2") + post("/3", "x") + get("/later/4") + get("/5"));

    for (const std::string_view expected :
         {"GET /1 ", "GET /later/2 ", "POST /3 x", "GET /later/4 ", "GET /5 "}) {
        EXPECT_TRUE(client.read_response().body.starts_with(expected)) << expected;
    }
}

TEST_F(ServerTest, answers_many_pipelined_requests) {
    start();
    SocketClient client = connect();
    std::string requests;
    for (int i = 0; i < 2000; ++i) {
        requests += get("/" + std::to_string(i));
    }
    std::thread sender([&] { client.send(requests); });

    int right = 0;
    for (int i = 0; i < 2000; ++i) {
        right += client.read_response().body == "GET /" + std::to_string(i) + "  from 127.0.0.1";
    }

    sender.join();
    EXPECT_EQ(right, 2000);
}

TEST_F(ServerTest, reads_chunked_bodies) {
    start();
    SocketClient client = connect();

    const RawResponse response = client.exchange(
        "POST /c HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: "
        "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    );

    EXPECT_EQ(response.body, "POST /c abcde from 127.0.0.1");
}

TEST_F(ServerTest, reads_bytes_that_come_one_by_one) {
    start();
    SocketClient client = connect();

    for (const char c : post("/slow", "abc")) {
        client.send(std::string_view(&c, 1));
    }

    EXPECT_EQ(client.read_response().body, "POST /slow abc from 127.0.0.1");
}

TEST_F(ServerTest, answers_head_without_a_body) {
    start();
    SocketClient client = connect();

    client.send("HEAD /h HTTP/1.1\r\nHost: a.test\r\n\r\n");
    const RawResponse response = client.read_response(true);

    EXPECT_TRUE(response.has_line("Content-Length: 23"));
    EXPECT_EQ(client.exchange(get("/after")).body, "GET /after  from 127.0.0.1");
}

TEST_F(ServerTest, sends_no_length_with_204) {
    start();
    SocketClient client = connect();

    const RawResponse response = client.exchange(get("/nothing"));

    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(response.head.find("Content-Length"), std::string::npos);
}

TEST_F(ServerTest, asks_for_a_body_that_waits) {
    start();
    SocketClient client = connect();

    client.send("POST /e HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read_response().status, 100);

    EXPECT_EQ(client.exchange("abc").body, "POST /e abc from 127.0.0.1");
}

TEST_F(ServerTest, refuses_a_long_body_without_asking_for_it) {
    start();
    SocketClient client = connect();

    const RawResponse response = client.exchange(
        "POST /e HTTP/1.1\r\nHost: a.test\r\nContent-Length: 70000\r\nExpect: 100-continue\r\n\r\n"
    );

    EXPECT_EQ(response.status, 413);
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(ServerTest, closes_when_asked_to) {
    start();
    SocketClient client = connect();

    const RawResponse response = client.exchange(get("/a", "Connection: close\r\n") + get("/never"));

    EXPECT_TRUE(response.has_line("Connection: close"));
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_EQ(service_.answered, 1);
}

TEST_F(ServerTest, closes_after_an_http_1_0_request) {
    start();
    SocketClient client = connect();

    EXPECT_EQ(client.exchange("GET /a HTTP/1.0\r\nHost: a.test\r\n\r\n").status, 200);
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(ServerTest, keeps_an_http_1_0_connection_when_asked_to) {
    start();
    SocketClient client = connect();
    const std::string request = "GET /a HTTP/1.0\r\nHost: a.test\r\nConnection: keep-alive\r\n\r\n";

    EXPECT_TRUE(client.exchange(request).has_line("Connection: keep-alive"));
    EXPECT_EQ(client.exchange(request).status, 200);
}

TEST_F(ServerTest, answers_a_client_that_has_finished_sending) {
    start();
    SocketClient client = connect();

    client.send(get("/later/a"));
    client.finish_sending();

    EXPECT_EQ(client.read_response().status, 200);
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(ServerTest, refuses_once_and_closes) {
    start();
    SocketClient client = connect();

    const RawResponse response =
        client.exchange("GET / HTTP/1.1\r\nHost : a.test\r\n\r\n" + get("/smuggled"));

    EXPECT_EQ(response.status, 400);
    EXPECT_TRUE(response.has_line("Content-Type: application/problem+json"));
    EXPECT_TRUE(response.has_line("Connection: close"));
    EXPECT_EQ(
        response.body,
        R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"A request header is malformed."})"
    );
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_EQ(service_.answered, 0);
    EXPECT_EQ(server_->stats().refusals[static_cast<std::size_t>(Refusal::malformed_header)], 1U);
}

TEST_F(ServerTest, shows_the_refusal_to_a_client_that_still_sends) {
    start();
    SocketClient client = connect();

    client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10000000\r\n\r\n");
    client.send(std::string(2'000'000, 'x'));

    EXPECT_EQ(client.read_response().status, 413);
}

TEST_F(ServerTest, answers_only_to_its_hosts) {
    ServerOptions options;
    options.allowed_hosts = {"b.test"};
    start(options);

    EXPECT_EQ(connect().exchange(get("/a")).status, 421);
    EXPECT_EQ(connect().exchange("GET / HTTP/1.1\r\nHost: b.test\r\n\r\n").status, 200);
}

TEST_F(ServerTest, believes_only_trusted_proxies) {
    ServerOptions options;
    options.proxy.header = "X-Forwarded-For";
    options.proxy.trust = {*http::parse_network("127.0.0.0/8")};
    start(options);
    SocketClient client = connect();

    EXPECT_EQ(client.exchange(get("/a", "X-Forwarded-For: 192.0.2.7\r\n")).body, "GET /a  from 192.0.2.7");
    EXPECT_EQ(client.exchange(get("/a")).body, "GET /a  from 127.0.0.1");
    EXPECT_EQ(client.exchange(get("/a", "X-Forwarded-For: nobody\r\n")).status, 400);
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(ServerTest, does_not_believe_strangers) {
    start();

    EXPECT_EQ(connect().exchange(get("/a", "X-Forwarded-For: 192.0.2.7\r\n")).body, "GET /a  from 127.0.0.1");
}

TEST_F(ServerTest, answers_500_when_the_service_throws) {
    start();
    SocketClient client = connect();

    EXPECT_EQ(client.exchange(get("/throws")).status, 500);
    EXPECT_EQ(client.exchange(get("/later/throws")).status, 500);
    EXPECT_EQ(client.exchange(get("/works")).status, 200);
    EXPECT_EQ(server_->stats().failures, 2U);
}

TEST_F(ServerTest, sends_more_than_a_socket_takes_at_once) {
    start();
    SocketClient client = connect();

    client.send(get("/big") + get("/after"));

    EXPECT_EQ(client.read_response().body.size(), 8'000'000U);
    EXPECT_EQ(client.read_response().body, "GET /after  from 127.0.0.1");
}

TEST_F(ServerTest, refuses_connections_above_the_limit) {
    ServerOptions options;
    options.limits.connections = 2;
    start(options);
    SocketClient first = connect();
    SocketClient second = connect();
    first.exchange(get("/a"));
    second.exchange(get("/a"));

    const std::string third = connect().read_to_end();

    EXPECT_TRUE(third.starts_with("HTTP/1.1 503 Service Unavailable\r\n")) << third;
    EXPECT_EQ(server_->stats().connections_open, 2U);
    EXPECT_EQ(first.exchange(get("/a")).status, 200);
}

TEST_F(ServerTest, counts) {
    start();
    SocketClient client = connect();

    client.exchange(get("/a"));
    client.exchange(get("/a"));

    EXPECT_EQ(server_->stats().requests, 2U);
    EXPECT_EQ(server_->stats().connections_accepted, 1U);
    EXPECT_EQ(server_->stats().connections_open, 1U);
}

TEST_F(ServerTest, drains_at_once_when_all_connections_rest) {
    start();
    SocketClient client = connect();
    client.exchange(get("/a"));
    const std::string address = server_->addresses()[0];

    server_->drain(std::chrono::seconds(5));

    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_FALSE(SocketClient(address).is_connected());
    EXPECT_EQ(server_->stats().connections_open, 0U);
}

TEST_F(ServerTest, finishes_what_runs_while_it_drains) {
    start();
    const std::string address = server_->addresses()[0];
    SocketClient client = connect();
    client.send(get("/later/gate"));
    while (server_->stats().requests == 0) {
        std::this_thread::yield();
    }

    std::thread draining([&] { server_->drain(std::chrono::seconds(10)); });
    while (SocketClient(address).is_connected()) {
        std::this_thread::yield();
    }
    service_.is_open = true;
    const RawResponse response = client.read_response();
    draining.join();

    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(response.has_line("Connection: close"));
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_EQ(server_->stats().connections_open, 0U);
}

TEST_F(ServerTest, cuts_what_has_not_drained_by_the_deadline) {
    start();
    SocketClient client = connect();
    client.exchange(get("/a"));
    client.send("POST /half HTTP/1.1\r\nHost: a.test\r\n");
    SocketClient other = connect();
    other.exchange(get("/a"));  // by now the half head has arrived

    server_->drain(std::chrono::milliseconds(10));
    server_.reset();

    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Server, serves_ipv4_and_ipv6_with_several_threads) {
    EchoService service;
    const SystemClock clock;
    ServerOptions options;
    options.listen = {"127.0.0.1:0", "[::1]:0"};
    options.threads = 3;
    const Result<std::unique_ptr<Server>> server = Server::start(options, service, clock);
    ASSERT_TRUE(server) << server.error().context;

    for (int i = 0; i < 20; ++i) {
        SocketClient over_ipv4((*server)->addresses()[0]);
        SocketClient over_ipv6((*server)->addresses()[1]);
        EXPECT_EQ(over_ipv4.exchange(get("/")).body, "GET /  from 127.0.0.1");
        EXPECT_EQ(over_ipv6.exchange(get("/")).body, "GET /  from ::1");
    }
    EXPECT_EQ((*server)->executors().size(), 3U);
}

TEST(Server, says_when_a_port_is_taken_even_by_one_of_us) {
    EchoService service;
    const SystemClock clock;
    ServerOptions options;
    options.listen = {"127.0.0.1:0"};
    const Result<std::unique_ptr<Server>> first = Server::start(options, service, clock);
    ASSERT_TRUE(first);
    options.listen = (*first)->addresses();

    const Result<std::unique_ptr<Server>> second = Server::start(options, service, clock);

    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::io);
    EXPECT_TRUE(second.error().context.starts_with(options.listen[0] + " is in use: "))
        << second.error().context;
}

TEST(Server, says_when_an_address_is_none) {
    EchoService service;
    const SystemClock clock;
    for (const char* address :
         {"localhost:8080", "127.0.0.1", "::1:8080", "[127.0.0.1]:80", "127.0.0.1:99999", ""}) {
        ServerOptions options;
        options.listen = {address};

        const Result<std::unique_ptr<Server>> server = Server::start(options, service, clock);

        ASSERT_FALSE(server) << address;
        EXPECT_EQ(server.error().code, Errc::config) << address;
    }
}

}  // namespace
}  // namespace cardea::net
