// SPDX-License-Identifier: Apache-2.0
// What lies in an outbox, and what does not.
#include "cardea/net/detail/outbox.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cardea::net::detail {
namespace {

constexpr Envelope envelope{.date_line = "Date: now\r\n"};
constexpr std::string_view head_of_short =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: now\r\nContent-Length: 5\r\n\r\n";

http::Response answer(http::Response::Body body) {
    return {http::Status::ok, "text/plain", std::move(body)};
}

/// Everything, taken `step` bytes at a time.
std::string drain(Outbox& outbox, std::size_t step) {
    std::string all;
    while (!outbox.is_empty()) {
        const std::string_view piece = outbox.unsent().substr(0, step);
        all.append(piece);
        outbox.sent(piece.size());
    }
    return all;
}

TEST(Outbox, puts_short_answers_together) {
    Outbox outbox;
    EXPECT_TRUE(outbox.is_empty());
    outbox.add("HTTP/1.1 100 Continue\r\n\r\n");
    outbox.add(answer(std::string("first")), envelope);
    outbox.add(answer(std::string("other")), envelope);

    EXPECT_FALSE(outbox.is_full());
    EXPECT_EQ(
        outbox.unsent(),
        "HTTP/1.1 100 Continue\r\n\r\n" + std::string(head_of_short) + "first" + std::string(head_of_short) +
            "other"
    );
}

TEST(Outbox, leaves_a_long_body_where_it_is) {
    static const std::string asset(100'000, 'a');
    Outbox outbox;
    outbox.add(answer(std::string("first")), envelope);
    outbox.add(answer(std::string_view(asset)), envelope);
    EXPECT_TRUE(outbox.is_full());

    const std::size_t heads = outbox.unsent().size();
    EXPECT_LT(heads, 1000U);
    outbox.sent(heads);
    EXPECT_EQ(outbox.unsent().data(), asset.data());
    outbox.sent(10);
    EXPECT_EQ(outbox.unsent().data(), asset.data() + 10);
    outbox.sent(asset.size() - 10);
    EXPECT_TRUE(outbox.is_empty());
    EXPECT_FALSE(outbox.is_full());
}

TEST(Outbox, keeps_a_long_body_alive) {
    Outbox outbox;
    {
        const auto shared = std::make_shared<const std::string>(50'000, 's');
        outbox.add(answer(shared), envelope);
    }
    EXPECT_TRUE(drain(outbox, 777).ends_with(std::string(50'000, 's')));
    outbox.add(answer(std::string(60'000, 'o')), envelope);
    EXPECT_TRUE(drain(outbox, 60'001).ends_with("\r\n\r\n" + std::string(60'000, 'o')));
}

TEST(Outbox, holds_its_text_and_bodies_of_its_own) {
    static const std::string asset(100'000, 'a');
    Outbox outbox;
    outbox.add(answer(std::string_view(asset)), envelope);
    EXPECT_LT(outbox.held_bytes(), 1000U);
    drain(outbox, 100'000);

    outbox.add(answer(std::string(100'000, 'o')), envelope);
    EXPECT_GE(outbox.held_bytes(), 100'000U);
    drain(outbox, 100'000);
    EXPECT_LT(outbox.held_bytes(), 1000U);

    while (!outbox.is_full()) {
        outbox.add(answer(std::string("short")), envelope);
    }
    EXPECT_GE(outbox.held_bytes(), outbox.unsent().size());
    drain(outbox, 100'000);
    EXPECT_LT(outbox.held_bytes(), 1000U);
}

TEST(Outbox, sends_no_body_where_there_is_none) {
    Envelope to_head = envelope;
    to_head.method = http::Method::head;
    Outbox outbox;
    outbox.add(answer(std::string(20'000, 'x')), to_head);
    EXPECT_FALSE(outbox.is_full());
    const std::string sent = drain(outbox, 100);
    EXPECT_NE(sent.find("Content-Length: 20000\r\n\r\n"), std::string::npos);
    EXPECT_TRUE(sent.ends_with("\r\n\r\n"));
}

TEST(Outbox, forgets_what_a_broken_connection_cannot_take) {
    Outbox outbox;
    outbox.add(answer(std::string(20'000, 'x')), envelope);
    outbox.sent(50);
    outbox.clear();
    EXPECT_TRUE(outbox.is_empty());
    outbox.add(answer(std::string("first")), envelope);
    EXPECT_EQ(outbox.unsent(), std::string(head_of_short) + "first");
}

}  // namespace
}  // namespace cardea::net::detail
