// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/sign_in_with.h"

#include "cardea/web/sessions.h"
#include "tests/support/app_client.h"
#include "tests/support/fake_http.h"

#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Status;
using testing::AppClient;

constexpr const char* secret = "RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM";

class SignInWithTest : public ::testing::Test {
 protected:
    SignInWithTest() {
        network_.on(
            "https://github.com/login/oauth/access_token", R"({"access_token":"at","token_type":"bearer"})"
        );
        network_.on("https://api.github.com/user", R"({"id":583231,"login":"octocat"})");
        network_.on("https://api.github.com/user/emails", "[]");
    }

    static oauth::ProviderOptions options() {
        return oauth::github({"client-1", SecretText("a secret"), "/auth"});
    }
    Task<http::Response> auth(Request& request) {
        const Result<oauth::SignedIn> signed_in = co_await github_.finish(request);
        if (!signed_in) {
            co_return request.refuse(signed_in.error());
        }
        co_return redirect_to(signed_in->next + "&user=" + signed_in->identity.subject);
    }
    void start(App& app) {
        app.use(sessions({.secret = SecretText(secret)}));
        app.use(github_.middleware());
        app.get("/login", [this](Request& request) { return github_.begin(request); });
        app.get("/auth", [this](Request& request) { return auth(request); });
        ASSERT_TRUE(app.start());
    }
    /// The query that comes back from the provider after this sign-in was begun.
    static std::string answer(const http::Response& begun) {
        const std::string location(begun.header("Location"));
        const std::size_t state = location.find("&state=");
        return "/auth?code=abc" + location.substr(state, location.find('&', state + 1) - state);
    }

    testing::FakeHttp network_;
    SignInWith github_{options(), network_};
};

TEST_F(SignInWithTest, sends_the_browser_there_and_knows_who_came_back) {
    App app;
    start(app);
    AppClient browser(app);

    const http::Response begun = browser.get("/login?next=/orders%3Fa");
    const http::Response finished = browser.get(answer(begun));

    EXPECT_EQ(begun.status(), Status::see_other);
    EXPECT_EQ(begun.header("Cache-Control"), "no-store");
    EXPECT_NE(
        begun.header("Location").find("redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fauth"), std::string::npos
    );
    EXPECT_EQ(finished.status(), Status::see_other);
    EXPECT_EQ(finished.header("Location"), "/orders?a&user=583231");
}

TEST_F(SignInWithTest, names_the_browser_by_a_cookie_of_its_own) {
    App app({.public_url = "https://app.example"});
    start(app);
    AppClient browser(app);

    browser.get("/login");

    ASSERT_EQ(browser.set_cookie_lines.size(), 1U);
    EXPECT_EQ(browser.cookies["__Host-sign-in"].size(), 22U);
    EXPECT_TRUE(
        browser.set_cookie_lines[0].ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600") ||
        browser.set_cookie_lines[0].ends_with("; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax")
    ) << browser.set_cookie_lines[0];
}

TEST_F(SignInWithTest, refuses_what_another_browser_began) {
    App app;
    start(app);
    AppClient attacker(app);
    AppClient victim(app);
    const std::string answered = answer(attacker.get("/login"));

    EXPECT_EQ(victim.get(answered).status(), Status::forbidden);
    victim.get("/login");
    EXPECT_EQ(victim.get(answered).status(), Status::forbidden);
    EXPECT_EQ(attacker.get(answered).status(), Status::see_other);
}

TEST_F(SignInWithTest, keeps_the_name_of_a_browser_with_two_tabs) {
    App app;
    start(app);
    AppClient browser(app);

    const std::string first = answer(browser.get("/login?next=/1%3F"));
    const std::string second = answer(browser.get("/login?next=/2%3F"));

    EXPECT_EQ(browser.get(second).header("Location"), "/2?&user=583231");
    EXPECT_EQ(browser.get(first).header("Location"), "/1?&user=583231");
}

TEST_F(SignInWithTest, gives_another_name_for_one_that_is_none) {
    App app;
    start(app);
    AppClient browser(app);
    browser.cookies["sign-in"] = "short";

    browser.get("/login");

    EXPECT_EQ(browser.cookies["sign-in"].size(), 22U);
}

TEST_F(SignInWithTest, leads_to_no_other_site) {
    App app;
    start(app);
    AppClient browser(app);

    EXPECT_EQ(
        browser.get(answer(browser.get("/login?next=//evil.test/"))).header("Location"), "/&user=583231"
    );
}

TEST_F(SignInWithTest, says_at_the_start_what_is_missing) {
    App without_sessions;
    without_sessions.use(github_.middleware());
    App without_id;
    without_id.use(sessions({.secret = SecretText(secret)}));
    const SignInWith nobody(oauth::github({"", SecretText("a secret"), "/auth"}), network_);
    without_id.use(nobody.middleware());

    EXPECT_EQ(
        without_sessions.start().error().context,
        "SignInWith needs keys to seal with: add app.use(sessions({.secret = ...}))."
    );
    EXPECT_EQ(
        without_id.start().error().context,
        "oauth: client_id is missing; the provider gives it at registration"
    );
}

TEST_F(SignInWithTest, throws_where_the_app_does_not_use_it) {
    EXPECT_THROW(std::ignore = github_.client(), std::logic_error);
}

}  // namespace
}  // namespace cardea::web
