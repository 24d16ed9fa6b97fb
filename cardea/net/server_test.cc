// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/server.h"

#include "tests/support/echo_server.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

namespace cardea::net {
namespace {

using testing::EchoService;
using testing::get;
using testing::RawResponse;
using testing::ServerTest;
using testing::SocketClient;

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
