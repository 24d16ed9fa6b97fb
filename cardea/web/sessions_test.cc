// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/sessions.h"

#include "cardea/base/base64url.h"
#include "tests/support/session_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Method;
using http::Status;
using testing::AppClient;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RawRequest;
using testing::SessionProgram;
using ::testing::StartsWith;

constexpr const char* secret = testing::app_secret;
constexpr const char* older_secret = "8Jw0pQe4tKxLmC2vNs6RyZ1hUfDgA3bE";

/// What holds wherever sessions are kept.
class Sessions : public ::testing::TestWithParam<const char*> {
 protected:
    [[nodiscard]] static SessionOptions options() {
        SessionOptions options{.secret = SecretText(secret)};
        if (GetParam() == std::string_view("store")) {
            options.store = memory_store();
        } else if (GetParam() == std::string_view("signed")) {
            options.protection = CookieProtection::signed_;
        }
        return options;
    }
    std::string get(std::string_view target) { return std::string(program_.client.get(target).body()); }

    FakeClock clock_;
    FakeRandom random_;
    SessionProgram program_{options(), clock_, random_};
    AppClient& client_ = program_.client;
};

TEST_P(Sessions, gives_nobody_a_cookie_who_has_nothing_to_remember) {
    EXPECT_EQ(get("/value"), "none");
    EXPECT_THAT(client_.cookies, IsEmpty());
}

TEST_P(Sessions, remembers_and_notices_changes_deep_inside) {
    get("/set?value=blue");

    EXPECT_EQ(get("/value"), "blue");
    EXPECT_EQ(get("/append"), "1");
    EXPECT_EQ(get("/append"), "2");
    EXPECT_EQ(get("/append"), "3");
    EXPECT_EQ(get("/value"), "blue");
}

TEST_P(Sessions, varies_by_cookie_only_where_the_session_was_read) {
    EXPECT_EQ(client_.get("/value").header("Vary"), "Cookie");
    EXPECT_EQ(client_.get("/nothing").header("Vary"), "");
    EXPECT_EQ(client_.get("/value").header("Cache-Control"), "no-store");
}

TEST_P(Sessions, writes_no_cookie_when_nothing_changed) {
    get("/set?value=blue");
    get("/value");
    EXPECT_THAT(client_.set_cookie_lines, IsEmpty());
    get("/set?value=blue");
    EXPECT_THAT(client_.set_cookie_lines, IsEmpty());
}

TEST_P(Sessions, sign_in_takes_nothing_over_and_changes_the_cookie) {
    get("/set?value=planted");
    const std::string planted = client_.cookies["session"];

    client_.post("/sign-in");

    EXPECT_EQ(get("/who"), "Ada");
    EXPECT_EQ(get("/value"), "none");
    EXPECT_NE(client_.cookies["session"], planted);
    AppClient attacker(program_.app);
    attacker.cookies["session"] = planted;
    EXPECT_EQ(attacker.get("/who").body(), "nobody");
}

TEST_P(Sessions, sign_out_twice_is_no_error_and_takes_the_cookie) {
    client_.post("/sign-in");
    EXPECT_EQ(client_.post("/sign-out").status(), Status::see_other);
    EXPECT_THAT(client_.cookies, IsEmpty());
    EXPECT_EQ(get("/who"), "nobody");
    EXPECT_EQ(client_.post("/sign-out").status(), Status::see_other);
}

TEST_P(Sessions, end_after_their_idle_time) {
    client_.post("/sign-in");
    for (int i = 0; i < 4; ++i) {
        clock_.advance(std::chrono::minutes(40));
        EXPECT_EQ(get("/who"), "Ada") << i;
    }
    clock_.advance(std::chrono::minutes(61));
    EXPECT_EQ(get("/who"), "nobody");
}

TEST_P(Sessions, end_at_their_absolute_time_whatever_happens) {
    client_.post("/sign-in");
    for (int i = 0; i < 47; ++i) {
        clock_.advance(std::chrono::minutes(30));
        EXPECT_EQ(get("/who"), "Ada") << i;
    }
    clock_.advance(std::chrono::minutes(30));
    EXPECT_EQ(get("/who"), "nobody");
}

TEST_P(Sessions, keep_their_data_under_a_new_cookie_when_rotated) {
    get("/set?value=blue");
    const std::string old = client_.cookies["session"];
    get("/rotate");

    EXPECT_NE(client_.cookies["session"], old);
    EXPECT_EQ(get("/value"), "blue");
}

TEST_P(Sessions, a_handler_that_throws_changes_nothing) {
    get("/set?value=blue");
    EXPECT_EQ(client_.get("/throw").status(), Status::internal_server_error);
    EXPECT_EQ(get("/value"), "blue");
}

TEST_P(Sessions, take_no_name_from_outside_for_a_sign_in) {
    EXPECT_EQ(client_.get("/keep?name=user&id=7").status(), Status::ok);
    EXPECT_EQ(get("/who"), "nobody");
}

TEST_P(Sessions, take_any_other_cookie_for_none) {
    get("/set?value=blue");
    const std::string mine = client_.cookies["session"];
    for (std::string value :
         {std::string(),
          std::string("x"),
          std::string(43, 'A'),
          mine + "A",
          "A" + mine,
          mine.substr(1),
          std::string("e30.e30"),
          std::string(5000, 'a')}) {
        client_.cookies["session"] = value;
        EXPECT_EQ(get("/value"), "none") << value;
    }
    std::string changed = mine;
    changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
    client_.cookies["session"] = changed;
    EXPECT_EQ(get("/value"), "none");
}

TEST_P(Sessions, refuse_two_session_cookies) {
    const http::Response response =
        client_.send(RawRequest(Method::get, "/value").with("Cookie", "session=a; session=b"));
    EXPECT_EQ(response.status(), Status::bad_request);
}

TEST_P(Sessions, set_a_cookie_that_scripts_and_other_sites_do_not_get) {
    client_.post("/sign-in");
    ASSERT_EQ(client_.set_cookie_lines.size(), 1U);
    EXPECT_THAT(client_.set_cookie_lines[0], StartsWith("session="));
    EXPECT_THAT(client_.set_cookie_lines[0], HasSubstr("; Path=/; HttpOnly; SameSite=Lax"));
    EXPECT_THAT(client_.set_cookie_lines[0], Not(HasSubstr("Max-Age")));
}

TEST_P(Sessions, bind_the_cookie_to_the_host_where_there_is_https) {
    SessionProgram https(options(), clock_, random_, "https://example.com");
    https.client.post("/sign-in");

    ASSERT_EQ(https.client.set_cookie_lines.size(), 1U);
    EXPECT_THAT(https.client.set_cookie_lines[0], StartsWith("__Host-session="));
    EXPECT_THAT(https.client.set_cookie_lines[0], HasSubstr("; Path=/; Secure; HttpOnly"));
    EXPECT_EQ(https.client.get("/who").body(), "Ada");
}

TEST_P(Sessions, that_are_persistent_outlive_the_browser) {
    SessionOptions persistent = options();
    persistent.persistence = session::Persistence::persistent;
    SessionProgram program(std::move(persistent), clock_, random_);
    program.client.post("/sign-in");

    EXPECT_THAT(program.client.set_cookie_lines, ElementsAre(HasSubstr("; Max-Age=2592000")));
}

INSTANTIATE_TEST_SUITE_P(Kept, Sessions, ::testing::Values("sealed", "signed", "store"));

TEST(CookieSessions, are_refused_before_the_browser_drops_them) {
    FakeClock clock;
    FakeRandom random;
    SessionProgram program({.secret = SecretText(secret)}, clock, random);
    const std::string large(4000, 'x');

    const http::Response response = program.client.get("/set?value=" + large);

    EXPECT_EQ(response.status(), Status::content_too_large);
    EXPECT_THAT(program.client.cookies, IsEmpty());
}

/// A cookie as it is, and what its pieces say to whoever decodes them.
std::string told_by(const std::string& cookie) {
    std::string told = cookie;
    for (std::size_t start = 0; start < cookie.size(); start = cookie.find_first_not_of('.', start)) {
        const std::size_t end = std::min(cookie.find('.', start), cookie.size());
        const Result<Bytes> piece = base64url_decode(cookie.substr(start, end - start));
        told.append(piece ? as_text(*piece) : std::string_view());
        start = end;
    }
    return told;
}

TEST(CookieSessions, hide_their_data_unless_told_otherwise) {
    FakeClock clock;
    FakeRandom random;
    SessionProgram sealed({.secret = SecretText(secret)}, clock, random);
    SessionProgram readable(
        {.secret = SecretText(secret), .protection = CookieProtection::signed_}, clock, random
    );
    sealed.client.get("/set?value=marker");
    readable.client.get("/set?value=marker");

    EXPECT_THAT(told_by(readable.client.cookies["session"]), HasSubstr(R"("data":{"value":"marker"})"));
    EXPECT_GT(told_by(sealed.client.cookies["session"]).size(), sealed.client.cookies["session"].size());
    EXPECT_THAT(told_by(sealed.client.cookies["session"]), Not(HasSubstr("marker")));
}

TEST(CookieSessions, are_taken_under_an_older_secret_and_not_under_a_foreign_one) {
    FakeClock clock;
    FakeRandom random;
    SessionProgram before({.secret = SecretText(older_secret)}, clock, random);
    SessionProgram rotated(
        {.secret = SecretText("RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM 8Jw0pQe4tKxLmC2vNs6RyZ1hUfDgA3bE")},
        clock,
        random
    );
    SessionProgram after({.secret = SecretText(secret)}, clock, random);
    before.client.get("/set?value=blue");

    rotated.client.cookies = before.client.cookies;
    after.client.cookies = before.client.cookies;

    EXPECT_EQ(rotated.client.get("/value").body(), "blue");
    EXPECT_EQ(after.client.get("/value").body(), "none");
}

TEST(CookieSessions, live_on_in_a_copy_of_the_cookie_until_they_end) {
    FakeClock clock;
    FakeRandom random;
    SessionProgram program({.secret = SecretText(secret)}, clock, random);
    program.client.post("/sign-in");
    AppClient thief(program.app);
    thief.cookies = program.client.cookies;

    program.client.post("/sign-out");

    EXPECT_EQ(thief.get("/who").body(), "Ada");
    clock.advance(std::chrono::hours(1));
    EXPECT_EQ(thief.get("/who").body(), "nobody");
}

TEST(PythonSessions, are_as_starlette_and_flask_write_them) {
    FakeClock clock;
    FakeRandom random;
    for (const SessionFormat format : {SessionFormat::starlette, SessionFormat::flask}) {
        SessionProgram program({.secret = SecretText(secret), .format = format}, clock, random);
        program.client.get("/set?value=blue");
        program.client.post("/sign-in");
        EXPECT_EQ(program.client.get("/who").body(), "Ada");
        clock.advance(std::chrono::days(13));
        EXPECT_EQ(program.client.get("/who").body(), "Ada");
        program.client.cookies["session"].pop_back();
        EXPECT_EQ(program.client.get("/who").body(), "nobody");
    }
}

TEST(PythonSessions, hold_what_python_reads_by_its_names) {
    FakeClock clock;
    FakeRandom random;
    SessionProgram program({.secret = SecretText(secret), .format = SessionFormat::starlette}, clock, random);
    program.client.get("/set?value=blue");

    const std::string& cookie = program.client.cookies["session"];

    EXPECT_EQ(cookie.substr(0, cookie.find('.')), base64_encode(as_bytes(R"({"data": {"value": "blue"}})")));
}

TEST(PythonSessions, take_a_name_that_looks_like_a_type_of_flask) {
    FakeClock clock;
    FakeRandom random;
    SessionProgram program({.secret = SecretText(secret), .format = SessionFormat::flask}, clock, random);

    EXPECT_EQ(program.client.get("/keep?name=%20t&id=7").body(), "kept");
    EXPECT_EQ(program.client.get("/set?value=blue").body(), "set");
    EXPECT_EQ(program.client.get("/value").body(), "blue");
}

TEST(PythonSessions, have_the_very_cookie_name_that_python_knows) {
    FakeClock clock;
    FakeRandom random;
    SessionProgram here({.secret = SecretText(secret), .format = SessionFormat::flask}, clock, random);
    SessionProgram behind_https(
        {.secret = SecretText(secret), .format = SessionFormat::flask}, clock, random, "https://example.com"
    );

    here.client.get("/set?value=blue");
    behind_https.client.get("/set?value=blue");

    EXPECT_THAT(
        here.client.set_cookie_lines, ElementsAre(AllOf(StartsWith("session="), Not(HasSubstr("Secure"))))
    );
    EXPECT_THAT(
        behind_https.client.set_cookie_lines,
        ElementsAre(AllOf(StartsWith("session="), HasSubstr("; Secure")))
    );
    EXPECT_EQ(behind_https.client.get("/value").body(), "blue");
}

TEST(PythonSessions, end_as_long_after_their_last_change_as_they_are_told) {
    FakeClock clock;
    FakeRandom random;
    SessionProgram program(
        {.secret = SecretText(secret), .idle = std::chrono::days(30), .format = SessionFormat::starlette},
        clock,
        random
    );
    program.client.get("/set?value=blue");
    const auto before = program.client.cookies;

    clock.advance(std::chrono::days(29));
    EXPECT_EQ(program.client.get("/value").body(), "blue");
    program.client.cookies = before;
    clock.advance(std::chrono::days(1));
    EXPECT_EQ(program.client.get("/value").body(), "none");
}

TEST(CookieSessions, are_bound_to_the_name_of_their_cookie) {
    FakeClock clock;
    FakeRandom random;
    for (const CookieProtection protection : {CookieProtection::sealed, CookieProtection::signed_}) {
        SessionProgram one(
            {.secret = SecretText(secret), .cookie_name = "one", .protection = protection}, clock, random
        );
        SessionProgram two(
            {.secret = SecretText(secret), .cookie_name = "two", .protection = protection}, clock, random
        );
        one.client.post("/sign-in");
        two.client.cookies["two"] = one.client.cookies["one"];

        EXPECT_EQ(two.client.get("/who").body(), "nobody");
    }
}

TEST(SessionOptions, with_a_wrong_setting_do_not_start) {
    const auto start = [](SessionOptions options) {
        App app;
        app.use(sessions(std::move(options)));
        return app.start().error().context;
    };

    EXPECT_THAT(start({}), HasSubstr("root secret"));
    EXPECT_THAT(start({.secret = SecretText("short")}), HasSubstr("32 characters"));
    EXPECT_THAT(start({.secret = SecretText(secret), .cookie_name = "a b"}), HasSubstr("cookie name"));
    EXPECT_THAT(
        start({.secret = SecretText(secret), .idle = std::chrono::hours(48)}), HasSubstr("idle time")
    );
    EXPECT_THAT(
        start({.secret = SecretText(secret), .store = memory_store(), .format = SessionFormat::flask}),
        HasSubstr("leave .store out")
    );
    EXPECT_THAT(
        start({
            .secret = SecretText(secret),
            .absolute = std::chrono::days(1),
            .format = SessionFormat::starlette,
        }),
        HasSubstr("leave .absolute out")
    );
    EXPECT_THAT(
        start({.secret = SecretText(secret), .store = memory_store(), .max_visitors = 0}),
        HasSubstr("max_visitors")
    );
    EXPECT_THAT(start({.secret = SecretText(secret), .domain = "example.com"}), HasSubstr("https"));
    EXPECT_THAT(
        start({.secret = SecretText(secret), .same_site = http::SameSite::none}),
        HasSubstr("SameSite=None without Secure")
    );
    EXPECT_THAT(
        start({.secret = SecretText(secret), .store = sqlite_store("/nowhere/at/all.db")}),
        HasSubstr("cannot be opened")
    );
}

}  // namespace
}  // namespace cardea::web
