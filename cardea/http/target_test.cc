// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/target.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

using namespace std::string_view_literals;

TEST(Target, splits_path_and_query_without_touching_them) {
    const std::string_view raw = "/api/v1/session?a=%20b&c";
    const Result<Target> target = parse_target(Method::get, raw);

    ASSERT_TRUE(target);
    EXPECT_EQ(target->path(), "/api/v1/session");
    EXPECT_EQ(target->path().data(), raw.data()) << "a plain path is not copied";
    EXPECT_EQ(target->query(), "a=%20b&c");
}

TEST(Target, decodes_the_path_exactly_once) {
    struct Case {
        std::string_view raw;
        std::string_view path;
    };
    for (const auto& [raw, path] :
         {Case{"/", "/"},
          Case{"/?", "/"},
          Case{"/a%20b", "/a b"},
          Case{"/%41", "/A"},
          Case{"/100%25", "/100%"},
          Case{"/%25zz", "/%zz"},
          Case{"/caf%C3%A9/", "/caf\xc3\xa9/"},
          Case{"/what%3F%23", "/what?#"},
          Case{"/...", "/..."},
          Case{"/.well-known/a", "/.well-known/a"},
          Case{"/a|[b]", "/a|[b]"}}) {
        const Result<Target> target = parse_target(Method::get, raw);
        ASSERT_TRUE(target) << raw << ": " << target.error().context;
        EXPECT_EQ(target->path(), path) << raw;
    }
}

TEST(Target, survives_a_move) {
    Result<Target> decoded = parse_target(Method::get, "/a%20b");
    Result<Target> rebuilt = parse_target(Method::get, "http://a.test?b", "a.test");
    ASSERT_TRUE(decoded && rebuilt);
    const Target first = std::move(*decoded);
    const Target second = std::move(*rebuilt);

    EXPECT_EQ(first.path(), "/a b");
    EXPECT_EQ(second.path(), "/");
    EXPECT_EQ(second.query(), "b");
    EXPECT_EQ(second.origin_form(), "/?b");
}

TEST(Target, refuses_what_two_programs_could_read_differently) {
    for (const std::string_view raw :
         {"//"sv,       "/a//b"sv,       "//evil.test"sv, "/a/./b"sv,    "/a/../b"sv,
          "/.."sv,      "/."sv,          "/a/.."sv,       "/%2e%2e/a"sv, "/%2E"sv,
          "/.%2e/"sv,   "/a%2fb"sv,      "/a%2Fb"sv,      "/a%5cb"sv,    "/a\\b"sv,
          "/a;b"sv,     "/a%3bb"sv,      "/a%00"sv,       "/a%0d%0a"sv,  "/a%7f"sv,
          "/a%c2%85"sv, "/%252e%252e"sv, "/%25%32%66"sv,  "/%2541"sv,    "*"sv}) {
        const Result<Target> target = parse_target(Method::get, raw);
        ASSERT_FALSE(target) << raw;
        EXPECT_EQ(target.error().code, Errc::invalid) << raw;
    }
}

TEST(Target, refuses_what_no_grammar_allows) {
    for (const std::string_view raw :
         {""sv,           "/a b"sv,  "/a#b"sv, "/?a#b"sv,      "/?a b"sv,        "/%"sv,
          "/%2"sv,        "/%zz"sv,  "/a%4"sv, "/\xc3\xa9"sv,  "/?\xc3\xa9"sv,   "/a\0b"sv,
          "/a\tb"sv,      "/?a\r"sv, "/<a>"sv, "/\"a"sv,       "/{a}"sv,         "/%c0%af"sv,
          "/%e0%80%af"sv, "/%ff"sv,  "/%c3"sv, "/%ed%a0%80"sv, "/%f4%90%80%80"sv}) {
        const Result<Target> target = parse_target(Method::get, raw);
        ASSERT_FALSE(target) << raw;
        EXPECT_EQ(target.error().code, Errc::malformed) << raw;
    }
}

TEST(Target, refuses_forms_that_only_a_forward_proxy_needs) {
    for (const std::string_view raw :
         {"a.test:443"sv, "a"sv, "**"sv, "?a"sv, "ftp://a.test/"sv, "http:/a"sv}) {
        const Result<Target> target = parse_target(Method::options, raw, "a.test");
        ASSERT_FALSE(target) << raw;
        EXPECT_EQ(target.error().code, Errc::unsupported) << raw;
    }
}

TEST(Target, takes_the_absolute_form_of_its_host_as_its_origin_form) {
    struct Case {
        std::string_view raw;
        std::string_view path;
        std::string_view query;
        std::string_view origin_form;
    };
    for (const auto& [raw, path, query, origin_form] :
         {Case{"http://a.test/", "/", "", "/"},
          Case{"http://a.test", "/", "", "/"},
          Case{"http://a.test?", "/", "", "/?"},
          Case{"http://a.test?x=/y", "/", "x=/y", "/?x=/y"},
          Case{"HTTPS://A.Test/b%20c?d=%20", "/b c", "d=%20", "/b%20c?d=%20"},
          Case{"http://a.test/@b.test/", "/@b.test/", "", "/@b.test/"}}) {
        const Result<Target> target = parse_target(Method::get, raw, "a.test");
        ASSERT_TRUE(target) << raw << ": " << target.error().context;
        EXPECT_EQ(target->path(), path) << raw;
        EXPECT_EQ(target->query(), query) << raw;
        EXPECT_EQ(target->origin_form(), origin_form) << raw;
    }
}

TEST(Target, compares_authorities_without_case_and_default_ports) {
    struct Case {
        std::string_view raw;
        std::string_view host;
        bool is_taken;
    };
    for (const auto& [raw, host, is_taken] :
         {Case{"http://a.test:80/", "a.test", true},
          Case{"http://a.test/", "A.TEST:80", true},
          Case{"https://a.test/", "a.test:443", true},
          Case{"https://a.test:443/", "a.test", true},
          Case{"http://a.test:8080/", "a.test:8080", true},
          Case{"http://[::1]:8080/", "[::1]:8080", true},
          Case{"http://[::1]:80", "[::1]", true},
          Case{"http://a.test:443/", "a.test", false},
          Case{"https://a.test:80/", "a.test", false},
          Case{"http://a.test:8080/", "a.test", false},
          Case{"http://a.test/", "a.test:8080", false},
          Case{"http://a.test:/", "a.test", false},
          Case{"http://a.test:080/", "a.test", false},
          Case{"http://a.test:80:80/", "a.test:80", false},
          Case{"http://[::1]/", "[::2]", false}}) {
        const Result<Target> target = parse_target(Method::get, raw, host);
        EXPECT_EQ(target.has_value(), is_taken) << raw << " " << host;
    }
}

TEST(Target, refuses_an_absolute_form_of_anything_but_its_host) {
    for (const std::string_view raw : {"http://b.test/"sv,
                                       "http://a.test.b.test/"sv,
                                       "http://a.test./"sv,
                                       "http://a.tes/"sv,
                                       "http://b.test/a.test"sv,
                                       "http://u@a.test/"sv,
                                       "http://@a.test/"sv,
                                       "http://u:p@a.test/"sv,
                                       "http://a.test@b.test/"sv,
                                       "http://a.test#@b.test"sv,
                                       "http:///"sv,
                                       "http://"sv,
                                       "http:////a.test/"sv,
                                       "http://a.test\\@b.test"sv,
                                       "http://a%2etest/"sv,
                                       "http://a.test,b.test/"sv,
                                       "http://a.test\r\n/"sv,
                                       "http://a.test\0/"sv,
                                       "http://a.test;b/"sv,
                                       "http://?a.test/"sv}) {
        const Result<Target> target = parse_target(Method::get, raw, "a.test");
        ASSERT_FALSE(target) << raw;
        EXPECT_EQ(target.error().code, Errc::invalid) << raw;
    }
}

TEST(Target, refuses_behind_an_authority_what_it_refuses_without) {
    for (const std::string_view rest :
         {"//"sv,
          "/a/../b"sv,
          "/a%2fb"sv,
          "/a;b"sv,
          "/a\\b"sv,
          "/%252e"sv,
          "/a#b"sv,
          "?a#b"sv,
          "/\xc3\xa9"sv,
          "/http://b.test"sv}) {
        EXPECT_FALSE(parse_target(Method::get, "http://a.test" + std::string(rest), "a.test")) << rest;
    }
}

TEST(Target, refuses_the_absolute_form_where_no_host_is_named) {
    const Result<Target> target = parse_target(Method::get, "http://a.test/");

    ASSERT_FALSE(target);
    EXPECT_EQ(target.error().code, Errc::unsupported);
}

TEST(Target, knows_the_asterisk_of_options) {
    const Result<Target> target = parse_target(Method::options, "*");

    ASSERT_TRUE(target);
    EXPECT_EQ(target->path(), "*");
    const Result<Target> absolute = parse_target(Method::options, "http://a.test", "a.test");
    ASSERT_TRUE(absolute);
    EXPECT_EQ(absolute->path(), "*") << "what a proxy would have made of it";
}

TEST(Target, has_a_length_limit) {
    const std::string longest = "/" + std::string(max_target_bytes - 1, 'a');
    EXPECT_TRUE(parse_target(Method::get, longest));

    const Result<Target> longer = parse_target(Method::get, longest + "a");
    ASSERT_FALSE(longer);
    EXPECT_EQ(longer.error().code, Errc::too_large);
}

TEST(Target, comes_back_from_its_text) {
    const std::string text = format_target("/a b/100%/caf\xc3\xa9?#", "x=1&y=%20");

    EXPECT_EQ(text, "/a%20b/100%25/caf%C3%A9%3F%23?x=1&y=%20");
    const Result<Target> target = parse_target(Method::get, text);
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path(), "/a b/100%/caf\xc3\xa9?#");
    EXPECT_EQ(format_target("/a", ""), "/a");
}

}  // namespace
}  // namespace cardea::http
