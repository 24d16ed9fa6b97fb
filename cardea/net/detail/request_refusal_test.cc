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

TEST(RequestReader, refuses_whatever_else_stands_in_front_of_a_request) {
    for (const std::string_view front :
         {"\n",
          "\r\r",
          "\r\n\r\n",
          "\r\n\n",
          "\r\n\r",
          "\n\r",
          "\r ",
          "\r\n ",
          " \r\n",
          "\r\n\t",
          "\rX",
          "\r\n0"}) {
        expect_refusal(std::string(front) + get("/a"), Refusal::malformed_request_line);
    }
    expect_refusal("\r\nget / HTTP/1.1\r\n", Refusal::malformed_method);
}

TEST(RequestReader, passes_over_no_second_empty_line_after_a_rest) {
    Reading reading;
    reading.feed(get("/a") + "\r\n");
    EXPECT_EQ(reading.reader().waiting(), RequestReader::Waiting::between_requests);

    reading.reader().release();
    reading.feed("\r\n" + get("/b"));

    ASSERT_TRUE(reading.is_refused());
    EXPECT_EQ(reading.refusal(), Refusal::malformed_request_line);
    EXPECT_EQ(reading.seen, (Seen{"/a "}));
}

TEST(RequestReader, knows_the_accept_header_of_what_it_refuses_once_the_head_is_read) {
    const auto accept = [](std::string_view bytes) {
        Reading reading;
        reading.feed(get("/a", "Accept: text/plain\r\n"));
        reading.feed(bytes);
        EXPECT_TRUE(reading.is_refused()) << bytes;
        return std::string(reading.reader().accept());
    };

    EXPECT_EQ(accept(get("//", "Accept: text/html\r\n")), "text/html");
    EXPECT_EQ(accept(get("/", "Accept: text/html\r\nHost: b.test\r\n")), "text/html");
    EXPECT_EQ(accept(head_of_post("accept: */*\r\nTransfer-Encoding: chunked\r\n") + "x"), "*/*");
    EXPECT_EQ(accept(get("//")), "");
    EXPECT_EQ(accept(get("/", "Accept: text/html\r\n: x\r\n")), "");
    EXPECT_EQ(accept("GET / HTTP/1.1\r\nAccept: text/html\r\n folded\r\n\r\n"), "");
    EXPECT_EQ(accept("\n"), "");
}

TEST(RequestReader, refuses_malformed_request_lines) {
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
          "http://b.test/",
          "http://a.test:8080/",
          "http://u@a.test/",
          "http://a.test/../b",
          "http://a.test/a%2fb",
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

}  // namespace
}  // namespace cardea::net::detail
