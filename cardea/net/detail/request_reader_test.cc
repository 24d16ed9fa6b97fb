// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/request_reader.h"

#include "tests/support/request_reading.h"

#include <gtest/gtest.h>

#include <string>

namespace cardea::net::detail {
namespace {

using testing::chunked;
using testing::get;
using testing::head_of_post;
using testing::Reading;
using testing::Seen;
using testing::Step;

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
    reading.take(bytes);

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

TEST(RequestReader, reads_an_absolute_form_as_its_origin_form) {
    const std::string bytes =
        "POST HTTP://A.test:80/a%20b?x HTTP/1.1\r\nHost: a.Test\r\nContent-Length: 1\r\n\r\ny"
        "POST http://a.test?x HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\n\r\nz";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        Reading reading;

        reading.feed(bytes, piece);

        ASSERT_FALSE(reading.is_refused()) << piece << " " << name(reading.refusal());
        ASSERT_EQ(reading.seen, (Seen{"/a b y", "/ z"})) << piece;
    }
}

TEST(RequestReader, shows_only_the_origin_form) {
    Reading reading;
    reading.take("GET http://a.test?x HTTP/1.1\r\nHost: a.test\r\n\r\n");

    ASSERT_EQ(reading.reader().next(), Step::request);

    EXPECT_EQ(reading.reader().request().target, "/?x");
    EXPECT_EQ(reading.reader().request().path, "/");
    EXPECT_EQ(reading.reader().request().query, "x");
    EXPECT_EQ(reading.reader().request().host, "a.test");
}

TEST(RequestReader, passes_over_one_empty_line_in_front_of_each_request) {
    const std::string bytes = "\r\n" + get("/a") + "\r\n" + head_of_post("Content-Length: 3\r\n") +
                              "xyz\r\n" + chunked("1\r\nA\r\n0\r\n\r\n") + "\r\n" + get("/b") + get("/c");
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        Reading reading;

        reading.feed(bytes, piece);

        ASSERT_FALSE(reading.is_refused()) << piece << " " << name(reading.refusal());
        ASSERT_EQ(reading.seen, (Seen{"/a ", "/p xyz", "/p A", "/b ", "/c "})) << piece;
    }
}

TEST(RequestReader, counts_no_empty_line_to_a_head) {
    const std::string head = "GET / HTTP/1.1\r\nHost: a.test\r\nX: ";
    const std::string longest = head + std::string(16 * 1024 - head.size() - 4, 'x') + "\r\n\r\n";
    Reading reading;

    reading.feed("\r\n" + longest + "\r\n" + longest, 777);

    EXPECT_EQ(reading.seen, (Seen{"/ ", "/ "}));
}

TEST(RequestReader, knows_the_accept_header_while_a_body_is_late) {
    Reading reading;
    reading.feed(head_of_post("Accept: text/html\r\nContent-Length: 9\r\n") + "half", 7);

    EXPECT_EQ(reading.reader().accept(), "text/html");
    reading.feed(" done" + std::string("GET / HTTP/1.1\r\nAccept: text/html\r\n"));
    EXPECT_EQ(reading.reader().accept(), "");
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
