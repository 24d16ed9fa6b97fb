// SPDX-License-Identifier: Apache-2.0
// Random rows of requests on one connection, sent in random pieces: each gets its own answer, whole and in
// order.
#include "tests/support/echo_server.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace cardea::net {
namespace {

using testing::RawResponse;
using testing::ServerTest;
using testing::SocketClient;

struct Asked {
    std::string request;
    std::string answer;  ///< the body of its answer
    bool is_head = false;
    bool expects_continue = false;
};

class Conversation {
 public:
    explicit Conversation(std::uint32_t seed) : random_(seed) {}

    Asked next(std::size_t number) {
        const std::string path = (below(2) == 0 ? "/later/" : "/") + std::to_string(number);
        const std::string body(body_size(), static_cast<char>('a' + number % 26));
        Asked asked{.request = {}, .answer = "POST " + path + " " + body + " from 127.0.0.1"};
        const std::string head = "POST " + path + " HTTP/1.1\r\nHost: a.test\r\n";
        const std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
        switch (below(5)) {
            case 0:
                asked.is_head = true;
                asked.answer.clear();
                asked.request = "HEAD" + head.substr(4) + "\r\n";
                break;
            case 1:
                asked.request = head + "Transfer-Encoding: chunked\r\n\r\n" + in_chunks(body);
                break;
            case 2:
                asked.expects_continue = !body.empty();
                asked.request = head + length + "Expect: 100-continue\r\n\r\n" + body;
                break;
            default:
                asked.request = head + length + "\r\n" + body;
        }
        return asked;
    }

    void send_in_pieces(SocketClient& client, std::string_view bytes) {
        while (!bytes.empty()) {
            const std::size_t size = std::min(bytes.size(), 1 + below(below(2) == 0 ? 50 : 100'000));
            client.send(bytes.substr(0, size));
            bytes.remove_prefix(size);
        }
    }

 private:
    std::size_t below(std::size_t end) { return random_() % end; }

    /// Around the sizes at which an answer is sent in another way.
    std::size_t body_size() {
        constexpr std::array<std::size_t, 5> sizes{0, 100, 16'300, 16'384, 65'000};
        return sizes.at(below(sizes.size())) + below(200);
    }

    std::string in_chunks(std::string_view body) {
        std::string chunks;
        while (!body.empty()) {
            const std::size_t size = std::min(body.size(), 1 + below(20'000));
            chunks += fmt::format("{:x}\r\n{}\r\n", size, body.substr(0, size));
            body.remove_prefix(size);
        }
        return chunks + "0\r\n\r\n";
    }

    std::mt19937 random_;
};

class PipeliningTest : public ServerTest, public ::testing::WithParamInterface<std::uint32_t> {};

TEST_P(PipeliningTest, each_request_gets_its_own_answer) {
    start();
    SocketClient client = connect();
    Conversation conversation(GetParam());
    std::vector<Asked> row;
    std::string bytes;
    for (std::size_t number = 0; number < 60; ++number) {
        row.push_back(conversation.next(number));
        bytes += row.back().request;
    }

    std::thread sender([&] { conversation.send_in_pieces(client, bytes); });
    for (const Asked& asked : row) {
        RawResponse response = client.read_response(asked.is_head);
        if (response.status == 100) {
            EXPECT_TRUE(asked.expects_continue);
            response = client.read_response(asked.is_head);
        }
        EXPECT_EQ(response.status, 200);
        if (response.body != asked.answer) {
            ADD_FAILURE() << asked.request.substr(0, 30) << " got " << response.body.substr(0, 60) << " of "
                          << response.body.size() << " bytes";
            break;
        }
    }
    client.finish_sending();
    sender.join();
}

INSTANTIATE_TEST_SUITE_P(Seeds, PipeliningTest, ::testing::Range(1U, 41U));

}  // namespace
}  // namespace cardea::net
