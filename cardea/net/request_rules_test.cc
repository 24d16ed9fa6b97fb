// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/request_rules.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace cardea::net {
namespace {

using Headers = std::vector<http::Header>;

constexpr http::Header good_host{"Host", "example.com"};

std::expected<HeadVerdict, Refusal> check(
    const Headers& headers, std::string_view method = "GET", unsigned minor_version = 1
) {
    const Limits limits;
    const AllowedHosts hosts({"example.com", "localhost:8080", "[::1]:8080"});
    return check_head({method, "/", minor_version, headers}, limits, hosts);
}

std::optional<Refusal> refusal(
    const Headers& headers, std::string_view method = "GET", unsigned minor_version = 1
) {
    const auto verdict = check(headers, method, minor_version);
    return verdict ? std::nullopt : std::optional(verdict.error());
}

std::optional<Refusal> refusal_of_host(std::string_view host) {
    return refusal({{"Host", host}});
}

std::optional<Refusal> refusal_of_length(std::string_view length) {
    return refusal({good_host, {"Content-Length", length}}, "POST");
}

std::optional<Refusal> refusal_of_coding(std::string_view coding) {
    return refusal({good_host, {"Transfer-Encoding", coding}}, "POST");
}

TEST(RequestRules, take_a_plain_request) {
    const auto verdict = check({good_host});

    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->method, http::Method::get);
    EXPECT_EQ(verdict->host, "example.com");
    EXPECT_EQ(verdict->framing, Framing::none);
    EXPECT_EQ(verdict->keep_alive, KeepAlive::yes);
    EXPECT_EQ(verdict->expect_continue, ExpectContinue::no);
}

TEST(RequestRules, take_one_content_length) {
    const auto verdict = check({good_host, {"content-length", "12"}}, "POST");

    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->framing, Framing::sized);
    EXPECT_EQ(verdict->content_length, 12U);
}

TEST(RequestRules, see_no_body_in_a_length_of_zero) {
    const auto verdict = check({good_host, {"Content-Length", "0"}}, "POST");

    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->framing, Framing::none);
}

TEST(RequestRules, take_chunked_in_any_case) {
    const auto verdict = check({good_host, {"Transfer-Encoding", "Chunked"}}, "POST");

    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->framing, Framing::chunked);
}

TEST(RequestRules, refuse_a_content_length_that_is_no_plain_number) {
    for (const std::string_view length :
         {"", "+5", "-1", "5, 5", "5,5", "5 5", "0x5", "5.", "5a", "18446744073709551616"}) {
        EXPECT_EQ(refusal_of_length(length), Refusal::malformed_length) << length;
    }
}

TEST(RequestRules, refuse_a_body_above_the_limit_before_it_is_read) {
    EXPECT_EQ(refusal_of_length("65536"), std::nullopt);
    EXPECT_EQ(refusal_of_length("65537"), Refusal::body_too_long);
    EXPECT_EQ(refusal_of_length("18446744073709551615"), Refusal::body_too_long);
}

TEST(RequestRules, refuse_both_kinds_of_length) {
    EXPECT_EQ(
        refusal({good_host, {"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}, "POST"),
        Refusal::ambiguous_length
    );
    EXPECT_EQ(
        refusal({good_host, {"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}}, "POST"),
        Refusal::ambiguous_length
    );
}

TEST(RequestRules, refuse_every_other_transfer_encoding) {
    for (const std::string_view coding :
         {"", "xchunked", "identity", "gzip, chunked", "chunked, identity", "chunked, chunked", "chunked;q=1"
         }) {
        EXPECT_EQ(refusal_of_coding(coding), Refusal::unsupported_coding) << coding;
    }
    EXPECT_EQ(
        refusal({good_host, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}, "POST"),
        Refusal::ambiguous_length
    );
}

TEST(RequestRules, refuse_transfer_encoding_before_http_1_1) {
    EXPECT_EQ(
        refusal({good_host, {"Transfer-Encoding", "chunked"}}, "POST", 0), Refusal::coding_before_http11
    );
}

TEST(RequestRules, refuse_a_missing_host_in_both_versions) {
    EXPECT_EQ(refusal({}), Refusal::missing_host);
    EXPECT_EQ(refusal({}, "GET", 0), Refusal::missing_host);
}

TEST(RequestRules, refuse_a_malformed_host) {
    for (const std::string_view host :
         {"",
          ":80",
          "a b",
          "example.com:",
          "example.com:80a",
          "example.com:65536",
          "example.com:000080",
          "user@example.com",
          "example.com/path",
          "ex%61mple.com",
          "::1",
          "[::1",
          "[]",
          "[::1]x",
          "a,b",
          "example.com:80:80"}) {
        EXPECT_EQ(refusal_of_host(host), Refusal::malformed_host) << host;
    }
}

TEST(RequestRules, answer_only_to_the_allowed_hosts) {
    for (const std::string_view host :
         {"example.com", "EXAMPLE.com", "example.com:8443", "localhost:8080", "[::1]:8080"}) {
        EXPECT_EQ(refusal_of_host(host), std::nullopt) << host;
    }
    for (const std::string_view host :
         {"example.org", "a.example.com", "example.com.", "localhost", "localhost:80", "[::1]"}) {
        EXPECT_EQ(refusal_of_host(host), Refusal::unknown_host) << host;
    }
}

TEST(RequestRules, answer_to_every_host_when_none_is_named) {
    const Headers headers{{"Host", "anything.test:99"}};

    EXPECT_TRUE(check_head({"GET", "/", 1, headers}, Limits(), AllowedHosts()));
}

TEST(RequestRules, refuse_repeated_singletons) {
    for (const std::string_view name :
         {"Content-Type", "Authorization", "Origin", "Cookie", "X-API-Key", "x-api-key", "COOKIE"}) {
        EXPECT_EQ(refusal({good_host, {name, "a"}, {name, "a"}}), Refusal::repeated_header) << name;
    }
    EXPECT_EQ(refusal({good_host, {"host", "example.com"}}), Refusal::repeated_header);
    EXPECT_EQ(
        refusal({good_host, {"Content-Length", "5"}, {"content-length", "5"}}, "POST"),
        Refusal::repeated_header
    );
}

TEST(RequestRules, take_repeated_lists) {
    EXPECT_EQ(refusal({good_host, {"Accept", "a/b"}, {"Accept", "c/d"}}), std::nullopt);
}

TEST(RequestRules, refuse_methods_that_are_not_upper_case_letters) {
    for (const std::string_view method : {"get", "Get", "GET1", "G-ET", "POST\\"}) {
        EXPECT_EQ(refusal({good_host}, method), Refusal::malformed_method) << method;
    }
}

TEST(RequestRules, refuse_methods_that_are_not_done_here) {
    for (const std::string_view method : {"TRACE", "CONNECT", "PROPFIND", "PRI"}) {
        EXPECT_EQ(refusal({good_host}, method), Refusal::unsupported_method) << method;
    }
}

TEST(RequestRules, read_connection_options) {
    EXPECT_EQ(check({good_host, {"Connection", "close"}})->keep_alive, KeepAlive::no);
    EXPECT_EQ(check({good_host, {"Connection", "x, CLOSE"}})->keep_alive, KeepAlive::no);
    EXPECT_EQ(check({good_host, {"Connection", "keep-alive"}})->keep_alive, KeepAlive::yes);
    EXPECT_EQ(check({good_host, {"Connection", "keep-alive, close"}})->keep_alive, KeepAlive::no);
    EXPECT_EQ(check({good_host}, "GET", 0)->keep_alive, KeepAlive::no);
    EXPECT_EQ(check({good_host, {"Connection", "Keep-Alive"}}, "GET", 0)->keep_alive, KeepAlive::yes);
}

TEST(RequestRules, know_one_expectation) {
    EXPECT_EQ(check({good_host, {"Expect", "100-Continue"}}, "POST")->expect_continue, ExpectContinue::yes);
    EXPECT_EQ(check({good_host, {"Expect", "100-continue"}}, "POST", 0)->expect_continue, ExpectContinue::no);
    EXPECT_EQ(refusal({good_host, {"Expect", "200-ok"}}, "POST"), Refusal::unsupported_expectation);
}

TEST(Refusal, always_has_an_error_status_a_sentence_and_a_name) {
    for (std::size_t i = 0; i < refusal_count; ++i) {
        const auto refusal = static_cast<Refusal>(i);

        EXPECT_GE(static_cast<int>(status(refusal)), 400);
        EXPECT_FALSE(http::reason_phrase(status(refusal)).empty()) << name(refusal);
        EXPECT_TRUE(sentence(refusal).ends_with('.')) << name(refusal);
        EXPECT_FALSE(name(refusal).empty());
    }
}

}  // namespace
}  // namespace cardea::net
