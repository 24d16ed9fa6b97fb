// SPDX-License-Identifier: Apache-2.0
// What a client sees on one connection.
#include "tests/support/echo_server.h"

#include <gtest/gtest.h>

#include <string>

namespace cardea::net {
namespace {

using testing::get;
using testing::post;
using testing::RawResponse;
using testing::ServerTest;
using testing::SocketClient;

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

TEST_F(ServerTest, answers_pipelined_requests_in_order_when_answers_are_long) {
    start();
    SocketClient client = connect();
    const std::string first(20'000, 'x');
    const std::string second(20'000, 'y');

    client.send(
        post("/later/1", first) + get("/2") + post("/later/3", second) + post("/later/4", first) +
        post("/5", second) + get("/later/6") + get("/refused", "A: b\r\n c\r\n")
    );

    for (const std::string& expected :
         {"POST /later/1 " + first,
          std::string("GET /2 "),
          "POST /later/3 " + second,
          "POST /later/4 " + first,
          "POST /5 " + second,
          std::string("GET /later/6 ")}) {
        EXPECT_EQ(client.read_response().body, expected + " from 127.0.0.1");
    }
    EXPECT_EQ(client.read_response().status, 400);
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

TEST_F(ServerTest, passes_over_an_empty_line_behind_a_body_and_keeps_the_connection) {
    start();
    SocketClient client = connect();

    EXPECT_EQ(client.exchange(post("/a", "body") + "\r\n").body, "POST /a body from 127.0.0.1");
    EXPECT_EQ(client.exchange(get("/b")).body, "GET /b  from 127.0.0.1");
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

}  // namespace
}  // namespace cardea::net
