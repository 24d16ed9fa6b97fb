// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/tls.h"

#include "tests/support/echo_server.h"
#include "tests/support/tls_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace cardea::net {
namespace {

using testing::get;
using ::testing::HasSubstr;
using testing::post;
using testing::ServerTest;
using testing::SocketClient;
using testing::TlsClient;

class TlsTest : public ServerTest {
 protected:
    TlsTest() { testing::write_certificate(folder_.path(), "first.test"); }

    [[nodiscard]] TlsFiles files(const std::string& name) const {
        return {folder_.path() / (name + ".pem"), folder_.path() / (name + ".key")};
    }
    void start_tls(ServerOptions options = {}) {
        Result<std::shared_ptr<const TlsIdentity>> identity = TlsIdentity::load(files("first.test"));
        ASSERT_TRUE(identity) << identity.error().context;
        options.tls = *identity;
        start(options);
    }
    [[nodiscard]] std::string address() const { return server_->addresses()[0]; }

    testing::TemporaryFolder folder_;
};

TEST_F(TlsTest, answers_on_a_connection_that_it_keeps) {
    start_tls();
    TlsClient client(address());
    ASSERT_TRUE(client.is_connected());

    client.send(get("/a"));
    EXPECT_THAT(client.read_until("from 127.0.0.1"), HasSubstr("\r\n\r\nGET /a "));
    client.send(get("/later/b") + post("/c", "body"));
    EXPECT_THAT(client.read_until("body from 127.0.0.1"), HasSubstr("GET /later/b "));
    EXPECT_EQ(client.version(), "TLSv1.3");
}

TEST_F(TlsTest, sends_more_than_a_socket_takes_at_once) {
    start_tls();
    TlsClient client(address());

    client.send(get("/big") + get("/after"));

    const std::string answers = client.read_until("GET /after  from 127.0.0.1");
    EXPECT_GT(answers.size(), 8'000'000U);
}

TEST_F(TlsTest, reads_a_request_that_comes_in_many_records) {
    start_tls();
    TlsClient client(address());

    for (const char byte : post("/slow", std::string(50, 'x'))) {
        client.send(std::string_view(&byte, 1));
    }

    EXPECT_THAT(client.read_until("from 127.0.0.1"), HasSubstr("POST /slow " + std::string(50, 'x')));
}

TEST_F(TlsTest, says_goodbye_when_it_closes) {
    start_tls();
    TlsClient client(address());

    client.send(get("/a", "Connection: close\r\n"));
    client.read_until("never");

    EXPECT_TRUE(client.was_told_goodbye());
}

TEST_F(TlsTest, refuses_malformed_requests_as_without_tls) {
    start_tls();
    TlsClient client(address());

    client.send("GET / HTTP/1.1\nHost: a.test\n\n");

    EXPECT_THAT(client.read_until("never"), ::testing::StartsWith("HTTP/1.1 400 Bad Request\r\n"));
    EXPECT_TRUE(client.was_told_goodbye());
}

TEST_F(TlsTest, tells_a_client_that_forgot_the_s) {
    start_tls();

    const std::string answer = SocketClient(address()).exchange(get("/")).head;

    EXPECT_THAT(answer, ::testing::StartsWith("HTTP/1.1 400 Bad Request\r\n"));
    EXPECT_EQ(server_->stats().refusals[std::to_underlying(Refusal::plain_http)], 1U);
}

TEST_F(TlsTest, closes_on_what_is_neither_tls_nor_http) {
    start_tls();
    SocketClient client = connect();

    client.send(std::string(100, '\0'));

    EXPECT_EQ(client.read_to_end().find("HTTP"), std::string::npos);
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_EQ(server_->stats().requests, 0U);
}

TEST_F(TlsTest, survives_clients_that_vanish_at_every_moment) {
    start_tls();
    for (int i = 0; i < 20; ++i) {
        SocketClient gone = connect();
        gone.send(std::string_view("\x16\x03\x01\x02\x00", 5).substr(0, static_cast<std::size_t>(i % 6)));
    }
    {
        TlsClient gone(address());
        gone.send(get("/big"));
    }
    TlsClient client(address());

    client.send(get("/still-here"));

    EXPECT_THAT(client.read_until("from 127.0.0.1"), HasSubstr("GET /still-here"));
}

TEST_F(TlsTest, speaks_tls_1_2_but_nothing_older) {
    start_tls();

    EXPECT_EQ(TlsClient(address(), {.max_version = TLS1_2_VERSION}).version(), "TLSv1.2");
    EXPECT_FALSE(TlsClient(address(), {.max_version = TLS1_1_VERSION}).is_connected());
}

TEST_F(TlsTest, agrees_on_http_1_1_and_refuses_who_speaks_something_else) {
    start_tls();

    EXPECT_EQ(TlsClient(address(), {.alpn = "\x02h2\x08http/1.1"}).protocol(), "http/1.1");
    EXPECT_FALSE(TlsClient(address(), {.alpn = "\x02h2"}).is_connected());
    EXPECT_TRUE(TlsClient(address()).is_connected());
}

TEST_F(TlsTest, shows_another_certificate_to_new_connections) {
    start_tls();
    TlsClient before(address());
    testing::write_certificate(folder_.path(), "second.test");

    server_->replace_tls(TlsIdentity::load(files("second.test")).value());

    TlsClient after(address());
    EXPECT_EQ(after.peer_name(), "second.test");
    before.send(get("/a"));
    EXPECT_THAT(before.read_until("from 127.0.0.1"), HasSubstr("GET /a "));
}

TEST_F(TlsTest, drains_connections_that_rest) {
    start_tls();
    TlsClient client(address());
    client.send(get("/a"));
    client.read_until("from 127.0.0.1");

    server_->drain(std::chrono::seconds(5));

    client.read_until("never");
    EXPECT_TRUE(client.was_told_goodbye());
    EXPECT_EQ(server_->stats().connections_open, 0U);
}

TEST_F(TlsTest, says_what_is_wrong_with_the_files) {
    testing::write_certificate(folder_.path(), "other.test");
    testing::write_file(folder_.path() / "text.pem", "no certificate");
    std::filesystem::permissions(folder_.path() / "text.pem", std::filesystem::perms::owner_all);
    const TlsFiles good = files("first.test");
    const auto sentence = [](const TlsFiles& wrong) {
        const Result<std::shared_ptr<const TlsIdentity>> identity = TlsIdentity::load(wrong);
        return identity ? "no error" : identity.error().context;
    };

    EXPECT_THAT(sentence({folder_.path() / "gone.pem", good.key}), HasSubstr("gone.pem is not a file"));
    EXPECT_THAT(
        sentence({folder_.path() / "text.pem", good.key}), HasSubstr("text.pem holds no PEM certificate")
    );
    EXPECT_THAT(
        sentence({good.certificate, folder_.path() / "text.pem"}), HasSubstr("text.pem holds no PEM key")
    );
    EXPECT_THAT(
        sentence({good.certificate, files("other.test").key}), HasSubstr("other.test.key does not belong to")
    );
    std::filesystem::permissions(
        good.key, std::filesystem::perms::others_read, std::filesystem::perm_options::add
    );
    EXPECT_THAT(sentence(good), HasSubstr("can be read by every user"));
}

}  // namespace
}  // namespace cardea::net
