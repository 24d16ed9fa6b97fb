// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/cookie.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace cardea::session {

namespace {

constexpr Time now{Duration(1'700'000'000'000)};

SessionCookie make_cookie(bool secure = true, const std::string& domain = {}) {
    CookieOptions options;
    options.secure = secure;
    options.domain = domain;
    return SessionCookie::make(options).value();
}

struct Issued {
    SessionToken token;
    std::string text;
};

Issued make_token() {
    FakeRandom random;
    SessionToken token = SessionToken::make(random);
    std::string text(token.text().expose());
    return {std::move(token), std::move(text)};
}

Result<std::optional<Credential>> extract(std::string_view cookie, std::string_view authorization) {
    std::vector<http::Header> headers;
    if (!cookie.empty()) {
        headers.push_back({"Cookie", cookie});
    }
    if (!authorization.empty()) {
        headers.push_back({"Authorization", authorization});
    }
    http::Request request;
    request.headers = headers;
    return make_cookie().extract(request);
}

}  // namespace

TEST(SessionCookie, is_bound_to_the_host_by_its_name) {
    EXPECT_EQ(make_cookie().name(), "__Host-cardea-session");
    EXPECT_EQ(make_cookie(true, "example.org").name(), "__Secure-cardea-session");
    EXPECT_EQ(make_cookie(false).name(), "cardea-session");
}

TEST(SessionCookie, has_no_domain_without_https) {
    CookieOptions options;
    options.secure = false;
    options.domain = "example.org";

    EXPECT_FALSE(SessionCookie::make(options));
}

TEST(SessionCookie, goes_with_the_browser_unless_the_session_is_persistent) {
    const Issued issued = make_token();
    SessionRecord record;
    record.expires_at = now + std::chrono::hours(1) - Duration(7);  // the time that a sign-in takes
    const SessionCookie cookie = make_cookie();

    const std::string for_browser = cookie.issue(issued.token, record, now);
    record.persistence = Persistence::persistent;
    const std::string persistent = cookie.issue(issued.token, record, now);

    EXPECT_EQ(for_browser.find("Max-Age"), std::string::npos);
    EXPECT_NE(persistent.find("; Max-Age=3600"), std::string::npos);
    for (const std::string& line : {for_browser, persistent}) {
        EXPECT_TRUE(line.starts_with("__Host-cardea-session=" + issued.text + "; ")) << line;
        for (const char* attribute : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"}) {
            EXPECT_NE(line.find(attribute), std::string::npos) << line;
        }
    }
}

TEST(SessionCookie, clears_with_the_same_name) {
    const std::string line = make_cookie().clear();

    EXPECT_TRUE(line.starts_with("__Host-cardea-session=;")) << line;
    EXPECT_NE(line.find("Max-Age=0"), std::string::npos) << line;
}

TEST(SessionCookie, is_found_among_others) {
    const Issued issued = make_token();

    const auto found = extract("theme=dark; __Host-cardea-session=" + issued.text + "; x=y", "");

    ASSERT_TRUE(found && *found);
    EXPECT_EQ(**found, (Credential{issued.token.hash(), Transport::cookie}));
}

TEST(SessionCookie, yields_to_a_bearer_token) {
    const Issued issued = make_token();
    for (const std::string scheme : {"Bearer ", "bearer ", "BEARER "}) {
        const auto found = extract("theme=dark", scheme + issued.text);

        ASSERT_TRUE(found && *found) << scheme;
        EXPECT_EQ(**found, (Credential{issued.token.hash(), Transport::bearer}));
    }
}

TEST(SessionCookie, finds_nothing_where_there_is_no_session_token) {
    const std::string text = make_token().text;
    const std::vector<std::array<std::string, 2>> requests = {
        {"", ""},
        {"theme=dark", ""},
        {"__Host-cardea-session=", ""},
        {"__Host-cardea-session=short", ""},
        {"__Host-cardea-session=" + text + "x", ""},
        {"__Host-cardea-session=\"" + text + "\"", ""},
        {"cardea-session=" + text, ""},
        {"__host-cardea-session=" + text, ""},
        {"", "Bearer"},
        {"", "Bearer "},
        {"", "Bearer  " + text},
        {"", "Bearer " + text + " "},
        {"", "Basic " + text},
        {"", text},
    };
    for (const auto& [cookie, authorization] : requests) {
        const auto found = extract(cookie, authorization);
        ASSERT_TRUE(found) << cookie << authorization;
        EXPECT_FALSE(*found) << cookie << authorization;
    }
}

TEST(SessionCookie, refuses_two_credentials) {
    const std::string text = make_token().text;
    const std::string own = "__Host-cardea-session=" + text;
    const std::vector<std::array<std::string, 2>> requests = {
        {own, "Bearer " + text},
        {own, "Bearer other"},
        {"__Host-cardea-session=stale", "Bearer " + text},
        {own + "; " + own, ""},
        {own + "; __Host-cardea-session=tossed", ""},
    };
    for (const auto& [cookie, authorization] : requests) {
        const auto found = extract(cookie, authorization);
        ASSERT_FALSE(found) << cookie << authorization;
        EXPECT_EQ(found.error().code, Errc::ambiguous_credentials);
    }
}

}  // namespace cardea::session
