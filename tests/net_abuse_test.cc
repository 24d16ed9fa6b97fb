// SPDX-License-Identifier: Apache-2.0
// Attack: clients that cost more than they should. Each is cut or bounded, and others are served meanwhile.
#include "cardea/net/file_limit.h"
#include "cardea/net/server.h"
#include "tests/support/socket_client.h"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace cardea::net {
namespace {

using testing::RawResponse;
using testing::SocketClient;
using namespace std::chrono_literals;

class SizeService final : public Service {
 public:
    std::optional<http::Response> answer_at_once(const http::Request& request) override {
        if (request.path == "/big") {
            return http::Response(http::Status::ok, "text/plain", std::string(16'000'000, 'b'));
        }
        if (request.path == "/asset") {
            static const std::string asset(2'000'000, 'a');
            return http::Response(http::Status::ok, "text/plain", std::string_view(asset));
        }
        if (request.path == "/own") {
            return http::Response(http::Status::ok, "text/plain", std::string(100'000, 'o'));
        }
        if (request.path == "/gate") {
            return std::nullopt;
        }
        return http::Response(http::Status::ok, "text/plain", std::to_string(request.body.size()));
    }
    Task<http::Response> answer(const http::Request& /*request*/) override {
        const Executor executor = co_await boost::asio::this_coro::executor;
        while (!is_open) {
            co_await boost::asio::post(executor, use_task);
        }
        co_return http::Response();
    }

    std::atomic<bool> is_open = false;
};

std::string half_of_a_body() {
    return "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 60000\r\n\r\n" + std::string(50'000, 'h');
}

bool was_told_to_come_again(const RawResponse& response) {
    return response.status == 503 && response.has_line("Retry-After: 1");
}

std::string get(std::string_view path) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a.test\r\n\r\n";
}

/// What this process keeps in memory, in bytes. The clients are part of it, but their sockets are the
/// kernel's.
std::size_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    file >> total >> resident;
    return resident * 4096;
}

class NetAbuse : public ::testing::Test {
 protected:
    void start(const Limits& limits = {}) {
        ServerOptions options;
        options.listen = {"127.0.0.1:0"};
        options.threads = 1;
        options.limits = limits;
        server_ = std::move(*Server::start(options, service_, clock_));
    }
    SocketClient connect() { return SocketClient(server_->addresses()[0]); }
    void expect_others_are_served() { EXPECT_EQ(connect().exchange(get("/")).status, 200); }
    /// Whether the counts of the server come to be so, within ten seconds.
    template <class Condition>
    bool comes_to(Condition condition) {
        for (int i = 0; i < 1000 && !condition(server_->stats()); ++i) {
            std::this_thread::sleep_for(10ms);
        }
        return condition(server_->stats());
    }
    bool gives_all_back() {
        return comes_to([](const ServerStats& stats) { return stats.buffered_bytes == 0; });
    }
    std::uint64_t refused(Refusal refusal) {
        return server_->stats().refusals[static_cast<std::size_t>(refusal)];
    }

    SystemClock clock_;
    SizeService service_;
    std::unique_ptr<Server> server_;
};

TEST_F(NetAbuse, ten_megabytes_of_body_are_refused_and_not_kept) {
    start();
    expect_others_are_served();
    const std::size_t before = resident_bytes();
    SocketClient sized = connect();
    SocketClient chunked = connect();

    sized.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10000000\r\n\r\n");
    chunked.send("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string piece(10'000, 'x');
    for (int i = 0; i < 1000 && sized.send(piece); ++i) {
    }
    for (int i = 0; i < 1000 && chunked.send("2710\r\n" + piece + "\r\n"); ++i) {
    }

    EXPECT_EQ(sized.read_response().status, 413);
    EXPECT_EQ(chunked.read_response().status, 413);
    EXPECT_LT(resident_bytes(), before + 4'000'000);
    expect_others_are_served();
}

TEST_F(NetAbuse, a_hundred_thousand_headers_are_refused) {
    start();
    SocketClient client = connect();
    std::string request = "GET / HTTP/1.1\r\nHost: a.test\r\n";
    for (int i = 0; i < 100'000; ++i) {
        request += "A: b\r\n";
    }

    EXPECT_EQ(client.exchange(request).status, 431);
    expect_others_are_served();
}

TEST_F(NetAbuse, one_endless_header_is_refused) {
    start();

    EXPECT_EQ(connect().exchange("GET / HTTP/1.1\r\nA: " + std::string(1'000'000, 'a')).status, 431);
    EXPECT_EQ(connect().exchange("GET /" + std::string(1'000'000, 'a')).status, 414);
    EXPECT_EQ(connect().exchange(std::string(1'000'000, 'A')).status, 414);
    expect_others_are_served();
}

TEST_F(NetAbuse, a_head_that_comes_byte_by_byte_is_cut) {
    start({.head = 1s});
    SocketClient client = connect();
    const std::string request = get("/");

    std::size_t sent = 0;
    while (sent < request.size() && refused(Refusal::head_too_slow) == 0) {
        client.send(std::string_view(request).substr(sent++, 1));
        expect_others_are_served();
        std::this_thread::sleep_for(500ms);
    }

    EXPECT_LT(sent, request.size());
    EXPECT_EQ(client.read_response().status, 408);
    EXPECT_EQ(server_->stats().timeouts, 1U);
}

TEST_F(NetAbuse, a_body_that_does_not_come_is_cut) {
    start({.body = 1s});
    SocketClient client = connect();

    const RawResponse response =
        client.exchange("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nab");

    EXPECT_EQ(response.status, 408);
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_EQ(refused(Refusal::body_too_slow), 1U);
}

TEST_F(NetAbuse, a_client_that_takes_nothing_is_cut) {
    start({.write = 1s});
    SocketClient client = connect();

    client.send(get("/big") + get("/big"));
    while (server_->stats().timeouts == 0) {
        expect_others_are_served();
        std::this_thread::sleep_for(100ms);
    }

    EXPECT_LT(client.read_to_end().size(), 32'000'000U);
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST_F(NetAbuse, clients_that_do_not_take_an_asset_hold_no_copy_of_it) {
    start();
    EXPECT_EQ(connect().exchange(get("/asset")).body.size(), 2'000'000U);
    const std::size_t before = resident_bytes();

    std::vector<SocketClient> clients;
    for (std::uint64_t i = 0; i < 300; ++i) {
        clients.push_back(connect());
        clients.back().send(get("/asset"));
    }

    EXPECT_TRUE(comes_to([](const ServerStats& stats) { return stats.requests == 301; }));
    EXPECT_LT(resident_bytes(), before + 300 * 100'000U);  // a buffer for the head of a request each
    expect_others_are_served();
}

TEST_F(NetAbuse, half_sent_bodies_together_hold_no_more_than_the_limit) {
    constexpr std::size_t limit = 1'000'000;
    constexpr std::size_t count = 300;
    start({.buffered_bytes = limit});
    expect_others_are_served();
    const std::size_t before = resident_bytes();

    std::size_t most = 0;
    std::vector<SocketClient> clients;
    for (std::size_t i = 0; i < count; ++i) {
        clients.push_back(connect());
        clients.back().send(half_of_a_body());
        most = std::max<std::size_t>(most, server_->stats().buffered_bytes);
    }
    // Who came early on a slow machine may have given way meanwhile.
    EXPECT_TRUE(comes_to([&](const ServerStats& stats) {
        return refused(Refusal::buffers_full) + stats.connections_evicted >= count - limit / 60'000;
    }));

    EXPECT_LE(most, limit);
    EXPECT_GT(most, limit / 2);
    EXPECT_LT(resident_bytes(), before + limit + count * 10'000);
    const std::ptrdiff_t told = std::ranges::count_if(clients, [](SocketClient& client) {
        return client.has_something_to_read() && was_told_to_come_again(client.read_response());
    });
    EXPECT_GT(told, 0);
    EXPECT_EQ(static_cast<std::uint64_t>(told), refused(Refusal::buffers_full));
    const std::string small = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4000\r\n\r\n";
    EXPECT_EQ(connect().exchange(small + std::string(4000, 's')).body, "4000");
    clients.clear();
    EXPECT_TRUE(gives_all_back());
    EXPECT_EQ(connect().exchange(half_of_a_body() + std::string(10'000, 'h')).body, "60000");
}

TEST_F(NetAbuse, half_sent_bodies_give_way_when_they_hold_much) {
    start({.buffered_bytes = 200'000});
    std::vector<SocketClient> halves;
    for (int i = 0; i < 3; ++i) {
        halves.push_back(connect());
        halves.back().send(half_of_a_body());
    }
    ASSERT_TRUE(comes_to([](const ServerStats& stats) { return stats.buffered_bytes == 180'000; }));

    EXPECT_EQ(connect().exchange(half_of_a_body()).status, 503);
    EXPECT_TRUE(gives_all_back());

    EXPECT_EQ(server_->stats().connections_evicted, 3U);
    EXPECT_EQ(connect().exchange(half_of_a_body() + std::string(10'000, 'h')).status, 200);
}

TEST_F(NetAbuse, answers_that_nobody_takes_together_hold_no_more_than_the_limit) {
    constexpr std::size_t limit = 1'000'000;
    start({.buffered_bytes = limit});
    std::string many;
    for (int i = 0; i < 200; ++i) {
        many += get("/own");  // more than the buffers of the kernel take
    }

    std::vector<SocketClient> clients;
    for (int i = 0; i < 30; ++i) {
        clients.push_back(connect());
        clients.back().send(many);
        EXPECT_LE(server_->stats().buffered_bytes, limit);
    }

    EXPECT_TRUE(comes_to([](const ServerStats& stats) { return stats.connections_evicted >= 20; }));
    EXPECT_LE(server_->stats().buffered_bytes, limit);
    expect_others_are_served();
    clients.clear();
    EXPECT_TRUE(gives_all_back());
}

TEST_F(NetAbuse, however_a_body_ends_nothing_stays_counted) {
    start({.body = 1s});
    const std::string chunks = "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n" +
                               ("ffff\r\n" + std::string(0xffff, 'c') + "\r\n");

    EXPECT_EQ(connect().exchange(chunks + "0\r\n\r\n").status, 200);
    EXPECT_EQ(connect().exchange(chunks + "ff\r\n").status, 413);
    EXPECT_EQ(connect().exchange(chunks + "no chunk").status, 400);
    EXPECT_EQ(connect().exchange(half_of_a_body()).status, 408);
    {
        SocketClient reset = connect();  // what it did not read makes the kernel reset the connection
        reset.send(get("/") + half_of_a_body());
        EXPECT_TRUE(comes_to([](const ServerStats& stats) { return stats.buffered_bytes > 0; }));
    }

    EXPECT_TRUE(gives_all_back());
}

TEST_F(NetAbuse, connections_that_are_kept_waiting_give_way_to_new_ones) {
    start({.connections = 4});
    SocketClient silent = connect();
    SocketClient slow = connect();
    slow.send("GET /slow");
    SocketClient half = connect();
    half.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 9\r\n\r\nx");
    SocketClient full = connect();
    full.send(get("/big"));  // and takes nothing of it

    std::vector<SocketClient> others;
    int served = 0;
    for (int i = 0; i < 60; ++i) {
        others.push_back(connect());
        const int status = others.back().exchange(get("/")).status;
        ASSERT_TRUE(status == 200 || status == 503) << status;  // 503 until somebody has waited long enough
        served += status == 200 ? 1 : 0;
        std::this_thread::sleep_for(100ms);
    }

    EXPECT_GT(served, 4);  // others that rest give way in their turn
    EXPECT_TRUE(silent.is_closed_by_server());
    EXPECT_TRUE(slow.is_closed_by_server());
    EXPECT_TRUE(half.is_closed_by_server());
    EXPECT_LT(full.read_to_end().size(), 16'000'000U);
    EXPECT_TRUE(full.is_closed_by_server());
}

TEST_F(NetAbuse, connections_that_wait_for_their_answer_do_not_give_way) {
    start({.connections = 1});
    SocketClient busy = connect();
    busy.send(get("/gate"));
    while (server_->stats().requests == 0) {
        std::this_thread::sleep_for(20ms);
    }

    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(connect().exchange(get("/")).status, 503);
        std::this_thread::sleep_for(100ms);
    }

    EXPECT_EQ(server_->stats().connections_evicted, 0U);
    service_.is_open = true;
    EXPECT_EQ(busy.read_response().status, 200);
}

TEST_F(NetAbuse, connections_that_rest_are_closed_without_a_word) {
    start({.idle = 1s, .head = 1s});
    SocketClient fresh = connect();
    SocketClient used = connect();
    used.exchange(get("/"));

    EXPECT_TRUE(fresh.is_closed_by_server());
    EXPECT_TRUE(used.is_closed_by_server());
}

TEST_F(NetAbuse, a_client_that_never_stops_after_its_refusal_is_cut) {
    start();
    SocketClient client = connect();
    const std::string piece(10'000, 'x');

    client.send("BAD REQUEST\r\n\r\n");
    const auto end = std::chrono::steady_clock::now() + 10s;
    bool is_cut = false;
    while (!is_cut && std::chrono::steady_clock::now() < end) {
        is_cut = !client.send(piece);
    }

    EXPECT_TRUE(is_cut);
}

TEST_F(NetAbuse, five_thousand_idle_connections_cost_little) {
    constexpr std::size_t count = 5000;
    constexpr std::size_t bytes_each = 4096;
    if (raise_file_limit(2 * count) < 2 * count) {  // both ends are of this process
        GTEST_SKIP() << "this user may not open " << 2 * count << " files and a few more";
    }
    start();
    expect_others_are_served();
    const std::size_t before = resident_bytes();

    std::vector<SocketClient> clients;
    for (std::size_t i = 0; i < count; ++i) {
        clients.push_back(connect());
        ASSERT_TRUE(clients.back().is_connected());
        ASSERT_EQ(clients.back().exchange(get("/")).status, 200);
    }

    // Soon the sweep takes their buffers.
    EXPECT_TRUE(comes_to([&](const ServerStats&) { return resident_bytes() < before + count * bytes_each; }));
    EXPECT_EQ(server_->stats().connections_open, count);
    expect_others_are_served();
    EXPECT_EQ(clients.front().exchange(get("/")).status, 200);
    EXPECT_EQ(clients.back().exchange(get("/")).status, 200);
}

}  // namespace
}  // namespace cardea::net
