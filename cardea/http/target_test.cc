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
    Result<Target> target = parse_target(Method::get, "/a%20b");
    ASSERT_TRUE(target);
    const Target moved = std::move(*target);

    EXPECT_EQ(moved.path(), "/a b");
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
    for (const std::string_view raw : {"http://a.test/"sv, "a.test:443"sv, "a"sv, "**"sv, "?a"sv}) {
        const Result<Target> target = parse_target(Method::options, raw);
        ASSERT_FALSE(target) << raw;
        EXPECT_EQ(target.error().code, Errc::unsupported) << raw;
    }
}

TEST(Target, knows_the_asterisk_of_options) {
    const Result<Target> target = parse_target(Method::options, "*");

    ASSERT_TRUE(target);
    EXPECT_EQ(target->path(), "*");
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
