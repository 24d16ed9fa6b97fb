// SPDX-License-Identifier: Apache-2.0
// A connection that is cut in the middle of an answer.
#include "cardea/net/server.h"
#include "tests/support/socket_client.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace cardea::net {
namespace {

using testing::SocketClient;

/// Answers at once, but for "/later".
class TwoSpeeds final : public Service {
 public:
    std::optional<http::Response> answer_at_once(const http::Request& request) override {
        return request.path == "/later" ? std::nullopt : std::optional(hello());
    }
    Task<http::Response> answer(const http::Request& /*request*/) override { co_return hello(); }

 private:
    static http::Response hello() {
        return http::Response(http::Status::ok, "text/plain", std::string(500, '.'));
    }
};

/// What is left of `answers` behind the last one that is whole.
std::string_view last_piece(std::string_view answers) {
    constexpr std::string_view length_line = "\r\nContent-Length: 500\r\n";
    while (true) {
        const std::size_t head = answers.find("\r\n\r\n");
        if (head == std::string_view::npos || answers.size() < head + 504) {
            return answers;
        }
        EXPECT_NE(answers.substr(0, head + 2).find(length_line), std::string_view::npos);
        answers.remove_prefix(head + 504);
    }
}

TEST(ConnectionCut, sends_no_answer_behind_a_piece_of_one) {
    ServerOptions options;
    options.listen = {"127.0.0.1:0"};
    options.threads = 1;
    options.limits.buffered_bytes = 1;  // whoever does not take an answer at once is cut
    TwoSpeeds service;
    const SystemClock clock;
    const std::unique_ptr<Server> server = std::move(*Server::start(options, service, clock));
    std::string round;
    for (int i = 0; i < 80; ++i) {
        round += "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    }
    round += "GET /later HTTP/1.1\r\nHost: a.test\r\n\r\n";

    for (int i = 0; i < 20; ++i) {
        SocketClient client(server->addresses()[0]);
        while (client.send(round)) {
        }
        const std::string answers = client.read_to_end();
        EXPECT_EQ(
            last_piece(answers).rfind("HTTP/1.1 "), last_piece(answers).empty() ? std::string::npos : 0
        );
    }

    EXPECT_EQ(server->stats().connections_evicted, 20U);
}

}  // namespace
}  // namespace cardea::net
