// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/request_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace cardea::net::detail {
namespace {

using Step = RequestReader::Step;

/// A reader, and what came out of it.
class Reading {
 public:
    explicit Reading(const Limits& limits = {})
        : limits_(limits), reader_(limits_, hosts_, blocks_, budget_) {}

    /// Gives it the bytes, at most `piece` at a time, until it refuses or they are gone.
    void feed(std::string_view bytes, std::size_t piece = 1'000'000) {
        while (!bytes.empty() && !is_refused_) {
            const std::span<char> room = reader_.room();
            const std::size_t size = std::min({room.size(), bytes.size(), piece});
            std::memcpy(room.data(), bytes.data(), size);
            bytes.remove_prefix(size);
            reader_.received(size);
            take_requests();
        }
    }

    std::vector<std::string> seen;  // "path body" of each request
    std::size_t continues = 0;

    [[nodiscard]] bool is_refused() const { return is_refused_; }
    [[nodiscard]] Refusal refusal() const { return reader_.refusal(); }
    RequestReader& reader() { return reader_; }
    [[nodiscard]] std::size_t buffered() const { return budget_.taken(); }

 private:
    void take_requests() {
        Step step = reader_.next();
        for (; step == Step::request || step == Step::send_continue; step = reader_.next()) {
            if (step == Step::send_continue) {
                ++continues;
            } else {
                const http::Request& request = reader_.request();
                seen.push_back(std::string(request.path) + " " + std::string(request.body));
            }
        }
        is_refused_ = step == Step::refused;
    }

    const Limits limits_;
    AllowedHosts hosts_;
    BlockPool blocks_{RequestReader::block_bytes(limits_)};
    BufferBudget budget_{limits_.buffered_bytes};
    RequestReader reader_;
    bool is_refused_ = false;
};

std::string get(std::string_view path) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a.test\r\n\r\n";
}

std::string head_of_post(std::string_view lines) {
    return "POST /p HTTP/1.1\r\nHost: a.test\r\n" + std::string(lines) + "\r\n";
}

std::string chunked(std::string_view chunks) {
    return head_of_post("Transfer-Encoding: chunked\r\n") + std::string(chunks);
}

/// What the reader says to these bytes, when they come at once and when they come one by one.
void expect_refusal(std::string_view bytes, Refusal expected) {
    for (const std::size_t piece : {std::size_t{1'000'000}, std::size_t{1}}) {
        Reading reading;

        reading.feed(bytes, piece);
        reading.feed(get("/smuggled"));

        ASSERT_TRUE(reading.is_refused()) << bytes;
        EXPECT_EQ(name(reading.refusal()), name(expected)) << bytes;
        EXPECT_TRUE(reading.seen.empty()) << bytes;
        EXPECT_EQ(reading.reader().next(), Step::refused) << bytes;
    }
}

using Seen = std::vector<std::string>;

TEST(RequestReader, reads_requests_however_the_bytes_are_cut) {
    const std::string bytes = get("/a") + head_of_post("Content-Length: 3\r\n") + "xyz" + get("/b") +
                              chunked("1\r\nA\r\n00a\r\n0123456789\r\n0\r\n\r\n") + get("/c");
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        Reading reading;

        reading.feed(bytes, piece);

        ASSERT_FALSE(reading.is_refused()) << piece << " " << name(reading.refusal());
        ASSERT_EQ(reading.seen, (Seen{"/a ", "/p xyz", "/b ", "/p A0123456789", "/c "})) << piece;
    }
}

TEST(RequestReader, fills_in_the_canonical_request) {
    Reading reading;
    const std::string bytes = "GET /a%20b?x=%20 HTTP/1.1\r\nHost: A.Test:80\r\nCookie: a=b\r\n\r\n";
    const std::span<char> room = reading.reader().room();
    std::ranges::copy(bytes, room.begin());
    reading.reader().received(bytes.size());

    ASSERT_EQ(reading.reader().next(), Step::request);

    const http::Request& request = reading.reader().request();
    EXPECT_EQ(request.method, http::Method::get);
    EXPECT_EQ(request.target, "/a%20b?x=%20");
    EXPECT_EQ(request.path, "/a b");
    EXPECT_EQ(request.query, "x=%20");
    EXPECT_EQ(request.host, "a.test:80");
    EXPECT_EQ(request.header("cookie"), "a=b");
    EXPECT_EQ(request.headers.size(), 2U);
}

TEST(RequestReader, keeps_views_of_the_head_while_a_long_body_arrives) {
    Reading reading;
    const std::string body(60'000, 'b');

    reading.feed(get("/first") + head_of_post("Content-Length: 60000\r\n") + body + get("/last"), 1000);

    EXPECT_EQ(reading.seen, (Seen{"/first ", "/p " + body, "/last "}));
}

TEST(RequestReader, counts_a_long_body_until_its_request_ends) {
    Reading reading;
    reading.feed(head_of_post("Content-Length: 60000\r\n"));
    EXPECT_EQ(reading.buffered(), 0U);

    reading.feed(std::string(20'000, 'b'));
    EXPECT_GE(reading.buffered(), 20'000U);
    EXPECT_LE(reading.buffered(), 60'000U);

    reading.feed(std::string(40'000, 'b'));
    EXPECT_EQ(reading.seen.size(), 1U);
    EXPECT_EQ(reading.buffered(), 0U);
}

TEST(RequestReader, never_counts_more_of_a_chunked_body_than_the_longest) {
    Reading reading;
    reading.feed(chunked("ffff\r\n" + std::string(0xffff, 'b')), 777);
    EXPECT_GE(reading.buffered(), 0xffffU);
    EXPECT_LE(reading.buffered(), 0x10000U);

    reading.feed("\r\n0\r\n\r\n");
    EXPECT_EQ(reading.seen.size(), 1U);
    EXPECT_EQ(reading.buffered(), 0U);
}

TEST(RequestReader, does_not_count_bodies_of_ordinary_size) {
    Reading reading({.buffered_bytes = 1});

    for (int i = 0; i < 3; ++i) {
        reading.feed(head_of_post("Content-Length: 4096\r\n") + std::string(4096, 'b'), 100);
        reading.feed(chunked("fff\r\n" + std::string(0xfff, 'b') + "\r\n1\r\nb\r\n0\r\n\r\n"), 100);
    }

    EXPECT_EQ(reading.seen.size(), 6U);
}

TEST(RequestReader, refuses_a_body_that_the_budget_has_no_room_for_and_gives_back_what_it_had) {
    Reading reading({.buffered_bytes = 30'000});
    reading.feed(head_of_post("Content-Length: 60000\r\n") + std::string(10'000, 'b'));
    EXPECT_FALSE(reading.is_refused());
    EXPECT_GT(reading.buffered(), 0U);

    reading.feed(std::string(50'000, 'b'));

    ASSERT_TRUE(reading.is_refused());
    EXPECT_EQ(reading.refusal(), Refusal::buffers_full);
    EXPECT_EQ(reading.buffered(), 0U);
    EXPECT_TRUE(reading.seen.empty());
}

TEST(RequestReader, asks_for_the_body_once_when_the_client_waits_for_it) {
    Reading reading;

    reading.feed(head_of_post("Content-Length: 3\r\nExpect: 100-continue\r\n"));
    reading.feed("x");
    reading.feed("yz");

    EXPECT_EQ(reading.continues, 1U);
    EXPECT_EQ(reading.seen, (Seen{"/p xyz"}));
}

TEST(RequestReader, does_not_ask_for_a_body_that_came_along) {
    Reading reading;

    reading.feed(head_of_post("Content-Length: 3\r\nExpect: 100-continue\r\n") + "xyz");

    EXPECT_EQ(reading.continues, 0U);
    EXPECT_EQ(reading.seen.size(), 1U);
}

TEST(RequestReader, says_what_it_waits_for) {
    Reading reading;
    EXPECT_EQ(reading.reader().waiting(), RequestReader::Waiting::between_requests);

    reading.feed("POST / HTTP/1.1\r\n");
    EXPECT_EQ(reading.reader().waiting(), RequestReader::Waiting::in_head);

    reading.feed("Host: a.test\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(reading.reader().waiting(), RequestReader::Waiting::in_body);

    reading.feed("ab");
    EXPECT_EQ(reading.reader().waiting(), RequestReader::Waiting::between_requests);
}

TEST(RequestReader, works_on_after_its_buffers_were_released) {
    Reading reading;
    reading.feed(get("/a"));

    reading.reader().release();
    reading.feed(get("/b"));

    EXPECT_EQ(reading.seen, (Seen{"/a ", "/b "}));
}

TEST(RequestReader, refuses_malformed_request_lines) {
    expect_refusal("\r\nGET / HTTP/1.1\r\n", Refusal::malformed_request_line);
    expect_refusal("\x16\x03\x01\x02", Refusal::malformed_request_line);
    expect_refusal("get / HTTP/1.1\r\nHost: a.test\r\n\r\n", Refusal::malformed_method);
    expect_refusal("GET\r\nHost: a.test\r\n\r\n", Refusal::malformed_request_line);
    expect_refusal("GET /\r\nHost: a.test\r\n\r\n", Refusal::malformed_request_line);
    expect_refusal("GET  / HTTP/1.1\r\nHost: a.test\r\n\r\n", Refusal::malformed_target);
    expect_refusal("GET / HTTP/1.1 \r\nHost: a.test\r\n\r\n", Refusal::malformed_request_line);
    expect_refusal("GET /a /b HTTP/1.1\r\nHost: a.test\r\n\r\n", Refusal::malformed_request_line);
    expect_refusal("GET / HTTP/11.1\r\nHost: a.test\r\n\r\n", Refusal::malformed_request_line);
    expect_refusal("GET / ICE/1.0\r\nHost: a.test\r\n\r\n", Refusal::malformed_request_line);
    expect_refusal("GET / HTTP/2.0\r\nHost: a.test\r\n\r\n", Refusal::unsupported_version);
    expect_refusal("GET / HTTP/1.9\r\nHost: a.test\r\n\r\n", Refusal::unsupported_version);
    expect_refusal("BREW / HTTP/1.1\r\nHost: a.test\r\n\r\n", Refusal::unsupported_method);
}

TEST(RequestReader, refuses_ambiguous_targets) {
    for (const std::string_view target :
         {"/a%2fb",
          "/a%2Fb",
          "/a/../b",
          "/a/./b",
          "/%2e%2e/",
          "//a",
          "/a;b",
          "/a%00",
          "/a%",
          "/a\\b",
          "/a\x7f",
          "/\xc3\xa9",
          "a",
          "http://a.test/",
          "*",
          "/a#b",
          "/%252f"}) {
        expect_refusal(
            "GET " + std::string(target) + " HTTP/1.1\r\nHost: a.test\r\n\r\n", Refusal::malformed_target
        );
    }
}

TEST(RequestReader, refuses_malformed_lines) {
    expect_refusal("GET / HTTP/1.1\nHost: a.test\n\n", Refusal::bare_line_ending);
    expect_refusal("GET / HTTP/1.1\r\nHost: a.test\n\r\n", Refusal::bare_line_ending);
    expect_refusal("GET / HTTP/1.1\r\nHost: a.test\r\nX: a\rb\r\n\r\n", Refusal::bare_line_ending);
    expect_refusal("GET / HTTP/1.1\r\nHost: a.test\r\nX: a\r\n b\r\n\r\n", Refusal::folded_header);
    expect_refusal("GET / HTTP/1.1\r\n Host: a.test\r\n\r\n", Refusal::folded_header);
    expect_refusal("GET / HTTP/1.1\r\nHost : a.test\r\n\r\n", Refusal::malformed_header);
    expect_refusal("GET / HTTP/1.1\r\nHost: a.test\r\nX\r\n\r\n", Refusal::malformed_header);
    expect_refusal("GET / HTTP/1.1\r\nHost: a.test\r\n: x\r\n\r\n", Refusal::malformed_header);
    expect_refusal("GET / HTTP/1.1\r\nHost: a.test\r\nX\xe9: x\r\n\r\n", Refusal::malformed_header);
    expect_refusal(
        std::string("GET / HTTP/1.1\r\nHost: a.test\r\nX: a\0b\r\n\r\n", 40), Refusal::malformed_header
    );
    expect_refusal("GET / HTTP/1.1\r\nHost: a.test\r\nX: a\x7f\r\n\r\n", Refusal::malformed_header);
}

TEST(RequestReader, refuses_chunks_that_two_readers_could_cut_differently) {
    for (const std::string_view chunks :
         {"0x5\r\nabcde\r\n0\r\n\r\n",
          "5\nabcde\r\n0\r\n\r\n",
          "+5\r\nabcde\r\n0\r\n\r\n",
          " 5\r\nabcde\r\n0\r\n\r\n",
          "5 \r\nabcde\r\n0\r\n\r\n",
          "5;a=b\r\nabcde\r\n0\r\n\r\n",
          "5;a=\"\n\"\r\nabcde\r\n0\r\n\r\n",
          "5;\r\nabcde\r\n0\r\n\r\n",
          "\r\nabcde\r\n0\r\n\r\n",
          "g\r\nabcde\r\n0\r\n\r\n",
          "-1\r\nabcde\r\n0\r\n\r\n",
          "5\r\nabcdeX\r\n0\r\n\r\n",
          "5\r\nabcde0\r\n\r\n",
          "0\r\nX: trailer\r\n\r\n",
          "0;a\r\n\r\n"}) {
        expect_refusal(chunked(chunks), Refusal::malformed_chunk);
    }
    expect_refusal(chunked(std::string(70, '0') + "5\r\nabcde\r\n0\r\n\r\n"), Refusal::malformed_chunk);
}

TEST(RequestReader, refuses_a_chunked_body_above_the_limit) {
    expect_refusal(chunked("10001\r\nabc"), Refusal::body_too_long);
    expect_refusal(chunked("10000000000000005\r\nabcde\r\n0\r\n\r\n"), Refusal::body_too_long);
    expect_refusal(chunked("8000\r\n" + std::string(0x8000, 'a') + "\r\n8001\r\nb"), Refusal::body_too_long);
}

TEST(RequestReader, refuses_heads_above_the_limits) {
    expect_refusal("GET /" + std::string(9000, 'a'), Refusal::request_line_too_long);
    expect_refusal("GET /" + std::string(8300, 'a') + " HTTP/1.1\r\n\r\n", Refusal::request_line_too_long);
    expect_refusal("GET / HTTP/1.1\r\nX: " + std::string(17'000, 'a'), Refusal::head_too_long);
    std::string many = "GET / HTTP/1.1\r\nHost: a.test\r\n";
    for (int i = 0; i < 100; ++i) {
        many += "A: b\r\n";
    }
    expect_refusal(many, Refusal::too_many_headers);
}

TEST(RequestReader, takes_heads_at_the_limits) {
    std::string head = "GET / HTTP/1.1\r\nHost: a.test\r\n";
    for (int i = 0; i < 98; ++i) {
        head += "A: b\r\n";
    }
    head += "X: " + std::string(16 * 1024 - head.size() - 7, 'x') + "\r\n\r\n";
    Reading reading;

    reading.feed(get("/a") + head + get("/b"), 777);

    EXPECT_EQ(reading.seen, (Seen{"/a ", "/ ", "/b "}));
}

}  // namespace
}  // namespace cardea::net::detail
