// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/shared_cookie.h"

#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;

TEST(SharedCookie, writes_the_lines_of_both_frameworks) {
    const SharedCookieOptions options{
        .name = "sid", .path = "/app", .domain = "example.com", .lifetime = seconds(60)
    };
    const SharedCookie starlette_cookie =
        SharedCookie::make(options, SharedCookie::Dialect::starlette).value();
    const SharedCookie flask_cookie = SharedCookie::make(options, SharedCookie::Dialect::werkzeug).value();

    EXPECT_EQ(
        starlette_cookie.set("v", now).value(),
        "sid=v; path=/app; Max-Age=60; httponly; samesite=lax; secure; domain=example.com"
    );
    EXPECT_EQ(
        flask_cookie.set("v", now).value(),
        "sid=v; Domain=example.com; Expires=Tue, 14 Nov 2023 22:14:20 GMT; Secure; HttpOnly; Path=/app; "
        "SameSite=Lax"
    );
    EXPECT_EQ(
        flask_cookie.clear(),
        "sid=; Domain=example.com; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly; "
        "Path=/app; SameSite=Lax"
    );
}

TEST(SharedCookie, refuses_what_would_break_the_line) {
    const auto code = [](const SharedCookieOptions& options) {
        return SharedCookie::make(options, SharedCookie::Dialect::starlette).error().code;
    };
    EXPECT_EQ(code({.name = "a b"}), Errc::invalid);
    EXPECT_EQ(code({.name = ""}), Errc::invalid);
    EXPECT_EQ(code({.path = "/; secure"}), Errc::invalid);
    EXPECT_EQ(code({.path = ""}), Errc::invalid);
    EXPECT_EQ(code({.domain = "a\r\nb"}), Errc::invalid);
    EXPECT_EQ(code({.secure = false, .same_site = http::SameSite::none}), Errc::invalid);

    const SharedCookie cookie = SharedCookie::make({}, SharedCookie::Dialect::werkzeug).value();
    EXPECT_EQ(cookie.set("a;b", now).error().code, Errc::invalid);
    EXPECT_EQ(cookie.set(std::string(4096, 'a'), now).error().code, Errc::too_large);
}

}  // namespace
}  // namespace cardea::cookies
