// SPDX-License-Identifier: Apache-2.0
#include "cardea/fetch/client.h"

#include "tests/support/run_task.h"
#include "tests/support/scripted_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace cardea::fetch {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;
using testing::ScriptedServer;
using testing::ServedConnection;
using ::testing::StartsWith;

ClientOptions on_loopback() {
    ClientOptions options;
    options.allowed_networks = {http::parse_network("127.0.0.0/8").value()};
    return options;
}

http::ClientRequest get(const std::string& url) {
    return http::ClientRequest::get(http::parse_url(url).value());
}

Result<http::ClientResponse> fetch(http::ClientRequest request, ClientOptions options = on_loopback()) {
    Client client(std::move(options));
    return run(client.send(std::move(request)));
}

Result<http::ClientResponse> fetch(const std::string& url, ClientOptions options = on_loopback()) {
    return fetch(get(url), std::move(options));
}

std::string answer(std::string_view body, std::string_view lines = {}) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(lines) +
           "\r\n" + std::string(body);
}

TEST(Fetch, brings_status_headers_and_body) {
    const ScriptedServer server(
        answer("{\"a\":1}", "Cache-Control: max-age=60\r\nX-Twice: 1\r\nX-Twice: 2\r\n")
    );

    const Result<http::ClientResponse> response = fetch(server.url("/keys?x=1"));

    ASSERT_TRUE(response) << response.error().context;
    EXPECT_EQ(response->status(), 200);
    EXPECT_EQ(response->body(), "{\"a\":1}");
    EXPECT_EQ(response->header("cache-control"), "max-age=60");
    EXPECT_EQ(response->header("x-twice"), "1");
    EXPECT_EQ(response->header("absent"), "");
    EXPECT_THAT(server.requests().at(0), StartsWith("GET /keys?x=1 HTTP/1.1\r\nHost: 127.0.0.1:"));
}

TEST(Fetch, sends_headers_and_a_body) {
    const ScriptedServer server(answer(""));
    http::ClientRequest request = http::ClientRequest::post(
        http::parse_url(server.url("/token")).value(),
        "application/x-www-form-urlencoded",
        SecretText("grant_type=authorization_code")
    );
    request.add_header("Accept", "application/json").add_header("Authorization", "Basic YTpi");

    const Result<http::ClientResponse> response = fetch(std::move(request));

    ASSERT_TRUE(response) << response.error().context;
    const std::string sent = server.requests().at(0);
    EXPECT_THAT(sent, StartsWith("POST /token HTTP/1.1\r\n"));
    EXPECT_THAT(sent, HasSubstr("\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
    EXPECT_THAT(sent, HasSubstr("\r\nAccept: application/json\r\n"));
    EXPECT_THAT(sent, HasSubstr("\r\nAuthorization: Basic YTpi\r\n"));
    EXPECT_THAT(sent, HasSubstr("\r\nContent-Length: 29\r\n"));
    EXPECT_THAT(sent, ::testing::EndsWith("\r\n\r\ngrant_type=authorization_code"));
    EXPECT_THAT(sent, Not(HasSubstr("Expect:")));
}

TEST(Fetch, hands_on_every_status_and_follows_no_redirect) {
    const ScriptedServer inner(answer("secret of the inner network"));
    const ScriptedServer server(
        "HTTP/1.1 302 Found\r\nLocation: " + inner.url("/") + "\r\nContent-Length: 5\r\n\r\nmoved"
    );

    const Result<http::ClientResponse> response = fetch(server.url("/"));

    ASSERT_TRUE(response) << response.error().context;
    EXPECT_EQ(response->status(), 302);
    EXPECT_EQ(response->body(), "moved");
    EXPECT_TRUE(inner.requests().empty());
}

TEST(Fetch, goes_nowhere_but_to_public_addresses_by_default) {
    const ScriptedServer server(answer("inner"));

    const Result<http::ClientResponse> response = fetch(server.url("/"), {});

    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, Errc::destination_refused);
    EXPECT_TRUE(server.requests().empty());
}

TEST(Fetch, looks_at_the_address_that_a_name_leads_to) {
    const ScriptedServer server(answer("inner"));
    const std::string port = std::to_string(server.port());

    const Result<http::ClientResponse> refused = fetch("https://localhost:" + port + "/", {});
    const Result<http::ClientResponse> plain = fetch("http://localhost:" + port + "/", {});
    const Result<http::ClientResponse> allowed = fetch("http://localhost:" + port + "/");

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::destination_refused);
    EXPECT_EQ(refused.error().context, "fetch: localhost: is not a public address");
    ASSERT_FALSE(plain);
    EXPECT_EQ(plain.error().code, Errc::destination_refused);
    EXPECT_TRUE(allowed) << allowed.error().context;
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST(Fetch, speaks_plain_http_to_this_machine_alone) {
    ClientOptions options;
    options.allowed_networks = {http::parse_network("0.0.0.0/0").value()};

    const Result<http::ClientResponse> response = fetch("http://id.example/", options);

    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, Errc::destination_refused);
}

TEST(Fetch, gives_up_on_a_server_that_does_not_answer) {
    const ScriptedServer server([](ServedConnection& connection, const std::string&) {
        connection.wait_for_the_client_to_give_up();
    });
    ClientOptions options = on_loopback();
    options.timeout = std::chrono::milliseconds(50);

    const Result<http::ClientResponse> response = fetch(server.url("/token?code=hidden"), options);

    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(response.error().context, "fetch: 127.0.0.1: Timeout was reached");
}

TEST(Fetch, gives_up_on_a_body_that_stops_halfway) {
    const ScriptedServer server([](ServedConnection& connection, const std::string&) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        connection.wait_for_the_client_to_give_up();
    });
    ClientOptions options = on_loopback();
    options.timeout = std::chrono::milliseconds(50);

    EXPECT_EQ(fetch(server.url("/"), options).error().code, Errc::upstream_unavailable);
}

TEST(Fetch, reads_no_body_without_end) {
    const ScriptedServer server([](ServedConnection& connection, const std::string&) {
        connection.send("HTTP/1.1 200 OK\r\n\r\n");
        while (connection.send(std::string(4096, 'x'))) {
        }
    });

    const Result<http::ClientResponse> response = fetch(server.url("/"));

    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(response.error().context, "fetch: 127.0.0.1: the answer is too large");
}

TEST(Fetch, takes_a_body_that_just_fits) {
    ClientOptions options = on_loopback();
    options.max_body_bytes = 1000;

    EXPECT_TRUE(fetch(ScriptedServer(answer(std::string(1000, 'x'))).url("/"), options).has_value());
    EXPECT_FALSE(fetch(ScriptedServer(answer(std::string(1001, 'x'))).url("/"), options).has_value());
}

TEST(Fetch, reads_no_headers_without_end) {
    const ScriptedServer many([](ServedConnection& connection, const std::string&) {
        connection.send("HTTP/1.1 200 OK\r\n");
        while (connection.send("X-Line: " + std::string(500, 'x') + "\r\n")) {
        }
    });
    const ScriptedServer interim([](ServedConnection& connection, const std::string&) {
        while (connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")) {
        }
    });

    for (const std::string& url : {many.url("/"), interim.url("/")}) {
        const Result<http::ClientResponse> response = fetch(url);
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().context, "fetch: 127.0.0.1: the answer is too large");
    }
}

TEST(Fetch, takes_no_trailer_for_a_header) {
    const ScriptedServer server(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nCache-Control: "
        "max-age=9\r\n\r\n"
    );

    const Result<http::ClientResponse> response = fetch(server.url("/"));

    ASSERT_TRUE(response) << response.error().context;
    EXPECT_EQ(response->body(), "{}");
    EXPECT_EQ(response->header("Cache-Control"), "");
}

TEST(Fetch, takes_nothing_that_is_no_http) {
    EXPECT_EQ(
        fetch(ScriptedServer(std::string("hello\r\n")).url("/")).error().code, Errc::upstream_unavailable
    );
    EXPECT_EQ(fetch(ScriptedServer(std::string()).url("/")).error().code, Errc::upstream_unavailable);
    EXPECT_EQ(fetch("http://127.0.0.1:1/").error().code, Errc::upstream_unavailable);
}

TEST(Fetch, asks_no_proxy_of_the_environment) {
    const ScriptedServer proxy(answer("of the proxy"));
    const ScriptedServer server(answer("of the server"));
    ::setenv("http_proxy", proxy.url("").c_str(), 1);
    ::setenv("all_proxy", proxy.url("").c_str(), 1);

    const Result<http::ClientResponse> response = fetch(server.url("/"));

    ::unsetenv("http_proxy");
    ::unsetenv("all_proxy");
    ASSERT_TRUE(response) << response.error().context;
    EXPECT_EQ(response->body(), "of the server");
}

TEST(Fetch, keeps_no_cookies_between_requests) {
    const ScriptedServer server(answer("", "Set-Cookie: a=b; Path=/\r\n"));
    Client client(on_loopback());

    EXPECT_TRUE(run(client.send(get(server.url("/")))).has_value());
    EXPECT_TRUE(run(client.send(get(server.url("/")))).has_value());

    EXPECT_THAT(server.requests().at(1), Not(HasSubstr("Cookie")));
}

TEST(Fetch, tells_no_secret_when_it_fails) {
    http::ClientRequest request = http::ClientRequest::post(
        http::parse_url("http://127.0.0.1:1/path-secret?query-secret").value(),
        "text/plain",
        SecretText("body-secret")
    );
    request.add_header("Authorization", "Bearer header-secret");

    const Result<http::ClientResponse> response = fetch(std::move(request));

    ASSERT_FALSE(response);
    EXPECT_THAT(response.error().context, Not(HasSubstr("secret")));
}

TEST(Fetch, refuses_at_once_what_nobody_has_time_for) {
    const ScriptedServer server([](ServedConnection& connection, const std::string&) {
        connection.wait_for_the_client_to_give_up();
    });
    ClientOptions options = on_loopback();
    options.timeout = std::chrono::milliseconds(200);
    options.threads = 1;
    options.queue_limit = 1;
    Client client(options);
    std::vector<Task<Result<http::ClientResponse>>> requests;
    for (int i = 0; i < 5; ++i) {
        requests.push_back(client.send(get(server.url("/"))));
    }

    const auto responses = testing::run_all(std::move(requests));

    EXPECT_GE(std::ranges::count(responses, Errc::busy, [](const auto& r) { return r.error().code; }), 3);
}

}  // namespace
}  // namespace cardea::fetch
