// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/cookie.h"

#include <gtest/gtest.h>

#include <vector>

namespace cardea::http {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;

std::vector<std::pair<std::string_view, std::string_view>> read_all(std::string_view header) {
    std::vector<std::pair<std::string_view, std::string_view>> cookies;
    CookieReader reader(header);
    while (const std::optional<Cookie> cookie = reader.next()) {
        cookies.emplace_back(cookie->name, cookie->value);
    }
    return cookies;
}

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

TEST(CookieReader, gives_every_cookie_in_order) {
    EXPECT_EQ(read_all("a=1; b=2;c=;  d=x=y"), (Pairs{{"a", "1"}, {"b", "2"}, {"c", ""}, {"d", "x=y"}}));
    EXPECT_EQ(read_all(""), Pairs());
    EXPECT_EQ(read_all(" ; ;; novalue; =nameless; a=1;"), (Pairs{{"a", "1"}}));
}

TEST(CookieReader, a_quoted_value_cannot_swallow_the_next_cookie) {
    EXPECT_EQ(
        read_all("$Version=1; a=\"x; session=secret; b=y\""),
        (Pairs{{"$Version", "1"}, {"a", "\"x"}, {"session", "secret"}, {"b", "y\""}})
    );
}

TEST(FindCookie, compares_names_exactly) {
    const auto found =
        find_cookie("session=1; __host-session=2; __Host-session =3; __Host-session=4", "__Host-session");

    ASSERT_TRUE(found);
    EXPECT_EQ(*found, "4");
}

TEST(FindCookie, absent_is_no_error) {
    const auto found = find_cookie("a=1; b=\x01", "c");

    ASSERT_TRUE(found);
    EXPECT_EQ(*found, std::nullopt);
}

TEST(FindCookie, two_of_one_name_are_refused_even_when_equal) {
    const auto found = find_cookie("s=1; a=2; s=1", "s");

    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Errc::ambiguous_credentials);
}

TEST(FindCookie, a_value_that_no_cookie_can_hold_is_refused) {
    for (const std::string_view header :
         {"s=a b"sv, "s=\"a\""sv, "s=a,b"sv, "s=a\\b"sv, "s=\xc3\xa9"sv, "s=\x01"sv}) {
        const auto found = find_cookie(header, "s");
        ASSERT_FALSE(found) << header;
        EXPECT_EQ(found.error().code, Errc::malformed) << header;
    }
}

TEST(CookieWriter, a_host_cookie_has_what_its_prefix_demands) {
    const Result<CookieWriter> cookie = CookieWriter::for_host("cardea-session", SameSite::lax);

    ASSERT_TRUE(cookie);
    EXPECT_EQ(cookie->name(), "__Host-cardea-session");
    EXPECT_EQ(
        *cookie->set("abc", 60s),
        "__Host-cardea-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60"
    );
    EXPECT_EQ(*cookie->set("abc"), "__Host-cardea-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
    EXPECT_EQ(cookie->clear(), "__Host-cardea-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST(CookieWriter, a_domain_cookie_cannot_pass_as_a_host_cookie) {
    const Result<CookieWriter> cookie = CookieWriter::for_domain("s", "example.com", SameSite::strict);

    ASSERT_TRUE(cookie);
    EXPECT_EQ(
        *cookie->set("1"), "__Secure-s=1; Domain=example.com; Path=/; Secure; HttpOnly; SameSite=Strict"
    );
    for (const std::string_view domain :
         {""sv, "com"sv, ".example.com"sv, "example.com."sv, "a.b; Path=/x"sv, "127.0.0.1"sv, "Example.com"sv
         }) {
        EXPECT_FALSE(CookieWriter::for_domain("s", domain, SameSite::lax)) << domain;
    }
}

TEST(CookieWriter, a_cookie_of_another_program_keeps_its_name) {
    EXPECT_EQ(
        CookieWriter::for_peer("session", "", SameSite::lax)->set("v").value(),
        "session=v; Path=/; Secure; HttpOnly; SameSite=Lax"
    );
    EXPECT_EQ(
        CookieWriter::for_peer("session", "example.com", SameSite::none)->set("v").value(),
        "session=v; Domain=example.com; Path=/; Secure; HttpOnly; SameSite=None"
    );
    EXPECT_FALSE(CookieWriter::for_peer("__Host-session", "example.com", SameSite::lax));
    EXPECT_FALSE(CookieWriter::for_peer("session", "com", SameSite::lax));
}

TEST(CookieWriter, without_secure_there_is_no_prefix_and_no_cross_site_use) {
    const Result<CookieWriter> cookie = CookieWriter::for_localhost("s", SameSite::lax);

    ASSERT_TRUE(cookie);
    EXPECT_EQ(*cookie->set("1"), "s=1; Path=/; HttpOnly; SameSite=Lax");
    EXPECT_FALSE(CookieWriter::for_localhost("s", SameSite::none));
    EXPECT_FALSE(CookieWriter::for_localhost("__Host-s", SameSite::lax));
    EXPECT_FALSE(CookieWriter::for_localhost("__SECURE-s", SameSite::lax));
}

TEST(CookieWriter, names_and_values_cannot_add_attributes) {
    for (const std::string_view name : {""sv, "a b"sv, "a=b"sv, "a;b"sv, "a\r\n"sv}) {
        EXPECT_FALSE(CookieWriter::for_localhost(name, SameSite::lax)) << name;
    }
    const Result<CookieWriter> cookie = CookieWriter::for_host("s", SameSite::lax);
    ASSERT_TRUE(cookie);
    for (const std::string_view value :
         {"a; Domain=b.test"sv, "a b"sv, "a\r\nb"sv, "\""sv, "\xff"sv, "a,b"sv}) {
        const Result<std::string> line = cookie->set(value);
        ASSERT_FALSE(line) << value;
        EXPECT_EQ(line.error().code, Errc::invalid) << value;
    }
}

TEST(CookieWriter, stays_within_what_browsers_keep) {
    const Result<CookieWriter> cookie = CookieWriter::for_localhost("s", SameSite::lax);
    ASSERT_TRUE(cookie);
    const std::size_t room = CookieWriter::max_bytes - cookie->set("")->size();

    EXPECT_TRUE(cookie->set(std::string(room, 'a')));
    const Result<std::string> line = cookie->set(std::string(room + 1, 'a'));
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error().code, Errc::too_large);
}

}  // namespace
}  // namespace cardea::http
