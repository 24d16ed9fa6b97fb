// SPDX-License-Identifier: Apache-2.0
// Attack: request smuggling. Each probe is a shape that some server reads differently from its proxy; behind
// it waits a second request, which must never be answered once the first was refused.
#include "cardea/net/server.h"
#include "tests/support/socket_client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <ostream>
#include <string>

namespace cardea::net {
namespace {

using testing::RawResponse;
using testing::SocketClient;

class CountingService final : public Service {
 public:
    std::optional<http::Response> answer_at_once(const http::Request& request) override {
        if (request.path == "/smuggled") {
            ++smuggled;
        }
        return http::Response(http::Status::ok, "text/plain", std::string("fine"));
    }
    Task<http::Response> answer(const http::Request& /*request*/) override { co_return http::Response(); }

    std::atomic<int> smuggled = 0;
};

struct Probe {
    std::string_view name;
    int status;
    std::string bytes;

    friend void PrintTo(const Probe& probe, std::ostream* out) { *out << probe.name; }
};

std::string head(std::string_view lines) {
    return "GET /a HTTP/1.1\r\nHost: a.test\r\n" + std::string(lines) + "\r\n";
}

std::string post(std::string_view lines, std::string_view body) {
    return "POST /a HTTP/1.1\r\nHost: a.test\r\n" + std::string(lines) + "\r\n" + std::string(body);
}

std::string chunked(std::string_view body) {
    return post("Transfer-Encoding: chunked\r\n", body);
}

const Probe probes[] = {
    {"CL and TE", 400, post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
    {"TE and CL", 400, post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")},
    {"two CL, different", 400, post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello")},
    {"two CL, the same", 400, post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")},
    {"CL +5", 400, post("Content-Length: +5\r\n", "hello")},
    {"CL 5, 5", 400, post("Content-Length: 5, 5\r\n", "hello")},
    {"CL 0x5", 400, post("Content-Length: 0x5\r\n", "hello")},
    {"CL -0", 400, post("Content-Length: -0\r\n", "")},
    {"TE xchunked", 400, post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")},
    {"TE chunked, identity", 400, post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")},
    {"TE identity, chunked", 400, post("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n")},
    {"TE with a vertical tab", 400, post("Transfer-Encoding: \vchunked\r\n", "0\r\n\r\n")},
    {"TE twice", 400, post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
    {"TE folded", 400, post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")},
    {"TE on HTTP/1.0", 400, "POST /a HTTP/1.0\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    },
    {"space before colon", 400, post("Content-Length : 5\r\n", "hello")},
    {"obs-fold", 400, head("X: a\r\n b\r\n")},
    {"space in front of the first header", 400, "GET /a HTTP/1.1\r\n Host: a.test\r\n\r\n"},
    {"bare LF line ends", 400, "GET /a HTTP/1.1\nHost: a.test\n\n"},
    {"bare LF before a header", 400, head("X: a\nContent-Length: 5\r\n")},
    {"bare CR in a value", 400, head("X: a\rContent-Length: 5\r\n")},
    {"NUL in a value", 400, head(std::string_view("X: a\0b\r\n", 8))},
    {"no Host", 400, "GET /a HTTP/1.1\r\n\r\n"},
    {"two Hosts", 400, head("Host: b.test\r\n")},
    {"HTTP/1.9", 400, "GET /a HTTP/1.9\r\nHost: a.test\r\n\r\n"},
    {"HTTP/2.0", 400, "GET /a HTTP/2.0\r\nHost: a.test\r\n\r\n"},
    {"lower-case method", 400, "get /a HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"chunk extension", 400, chunked("5;a=b\r\nhello\r\n0\r\n\r\n")},
    {"chunk extension with LF", 400, chunked("5;a\nhello\r\n0\r\n\r\n")},
    {"chunk size overflow", 413, chunked("ffffffffffffffff5\r\nhello\r\n0\r\n\r\n")},
    {"chunk size 0x", 400, chunked("0x5\r\nhello\r\n0\r\n\r\n")},
    {"chunk size with a blank", 400, chunked("5 \r\nhello\r\n0\r\n\r\n")},
    {"chunk without its CR LF", 400, chunked("5\r\nhello0\r\n\r\n")},
    {"trailer", 400, chunked("0\r\nContent-Length: 5\r\n\r\n")},
    {"target with DEL", 400, "GET /a\x7f HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"target in raw UTF-8", 400, "GET /\xc3\xa9 HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"target with a blank", 400, "GET /a /b HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"absolute target of another host", 400, "GET http://b.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"absolute target of another port", 400, "GET http://a.test:81/ HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"absolute target without Host", 400, "GET http://a.test/ HTTP/1.1\r\n\r\n"},
    {"absolute target with two Hosts",
     400,
     "GET http://a.test/ HTTP/1.1\r\nHost: a.test\r\nHost: b.test\r\n\r\n"},
    {"absolute target with a user", 400, "GET http://a.test@b.test/ HTTP/1.1\r\nHost: b.test\r\n\r\n"},
    {"absolute target with a blank", 400, "GET http://a.test /b HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"absolute target of another scheme", 400, "GET ftp://a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"absolute target with dot segments", 400, "GET http://a.test/../b HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"authority target", 400, "GET a.test:80 HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"CONNECT", 405, "CONNECT a.test:80 HTTP/1.1\r\nHost: a.test:80\r\n\r\n"},
    {"asterisk outside OPTIONS", 400, "GET * HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"leading LF", 400, "\nGET /a HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"leading CR", 400, "\rGET /a HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"leading CRLF twice", 400, "\r\n\r\nGET /a HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"leading CRLF and LF", 400, "\r\n\nGET /a HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"leading CRLF and a blank", 400, "\r\n GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"leading CRLF and a chunk", 400, "\r\n0\r\n\r\nGET /a HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"encoded slash", 400, "GET /a%2fb HTTP/1.1\r\nHost: a.test\r\n\r\n"},
    {"dot segments", 400, "GET /a/../b HTTP/1.1\r\nHost: a.test\r\n\r\n"},
};

class Smuggling : public ::testing::TestWithParam<Probe> {
 protected:
    Smuggling() {
        ServerOptions options;
        options.listen = {"127.0.0.1:0"};
        options.threads = 1;
        server_ = std::move(*Server::start(options, service_, clock_));
    }

    SystemClock clock_;
    CountingService service_;
    std::unique_ptr<Server> server_;
};

TEST_P(Smuggling, is_refused_and_nothing_behind_it_is_read) {
    SocketClient client(server_->addresses()[0]);

    client.send(GetParam().bytes + "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n");
    const RawResponse response = client.read_response();

    EXPECT_EQ(response.status, GetParam().status);
    EXPECT_TRUE(response.has_line("Connection: close"));
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_EQ(service_.smuggled, 0);
}

INSTANTIATE_TEST_SUITE_P(Probes, Smuggling, ::testing::ValuesIn(probes), [](const auto& each) {
    std::string name;
    for (const char c : each.param.name) {
        name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    }
    return name;
});

}  // namespace
}  // namespace cardea::net
