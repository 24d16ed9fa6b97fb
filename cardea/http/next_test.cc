// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/next.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

using namespace std::string_view_literals;

TEST(Next, a_path_of_ours_is_kept) {
    for (const std::string_view next :
         {"/"sv,
          "/account"sv,
          "/a/b?c=d&e=%2F%2Fx"sv,
          "/a%20b"sv,
          "/?next=//evil.test"sv,
          "/@evil.test"sv,
          "/http:/evil.test"sv}) {
        EXPECT_EQ(safe_next(next), next);
    }
}

TEST(Next, everything_else_becomes_the_start_page) {
    for (const std::string_view next :
         {""sv,
          "//evil.test"sv,
          "///evil.test"sv,
          "/\\evil.test"sv,
          "\\/evil.test"sv,
          "\\\\evil.test"sv,
          "/%09/evil.test"sv,
          "/\t/evil.test"sv,
          "/\n/evil.test"sv,
          "\t//evil.test"sv,
          " //evil.test"sv,
          " /a"sv,
          "/%2fevil.test"sv,
          "/%5cevil.test"sv,
          "/%252fevil.test"sv,
          "https://evil.test/"sv,
          "https:evil.test"sv,
          "https:/evil.test"sv,
          "javascript:alert(1)"sv,
          "JaVaScRiPt:alert(1)"sv,
          "data:text/html,x"sv,
          "evil.test"sv,
          ".evil.test"sv,
          "@evil.test"sv,
          "?a"sv,
          "*"sv,
          "/a/../..//evil.test"sv,
          "/./"sv,
          "/a#b"sv,
          "/\r\nSet-Cookie: a=b"sv,
          "/\0"sv,
          "/%00"sv,
          "/%0d%0a"sv,
          "/;@evil.test"sv,
          "/\xe2\x81\x84"
          "evil.test"sv,
          "http://localhost/"sv}) {
        EXPECT_EQ(safe_next(next), "/") << next;
    }
    EXPECT_EQ(safe_next("/" + std::string(2048, 'a')), "/");
}

TEST(Next, a_cookie_domain_opens_exactly_its_hosts) {
    for (const std::string_view next :
         {"https://example.com/", "https://app.example.com/a?b=c", "https://a.b.example.com/"}) {
        EXPECT_EQ(safe_next(next, "example.com"), next);
        EXPECT_EQ(safe_next(next), "/");
    }
    EXPECT_EQ(safe_next("HTTPS://App.Example.com", "example.com"), "https://app.example.com/");
    EXPECT_EQ(safe_next("/local", "example.com"), "/local");
}

TEST(Next, a_cookie_domain_opens_nothing_else) {
    for (const std::string_view next :
         {"http://app.example.com/",
          "https://evilexample.com/",
          "https://example.com.evil.test/",
          "https://example.com:8443/",
          "https://evil.test/.example.com",
          "https://evil.test?.example.com",
          "https://evil.test#.example.com",
          "https://a@evil.test/",
          "https://app.example.com@evil.test/",
          "https://evil.test\\.example.com/",
          "https:\\\\app.example.com/",
          "//app.example.com/",
          "https://example.com./",
          "https://.example.com/",
          "https://evil.test%2f.example.com/",
          "https:///example.com",
          "https://example.com\t.evil.test/"}) {
        EXPECT_EQ(safe_next(next, "example.com"), "/") << next;
    }
}

}  // namespace
}  // namespace cardea::http
