// SPDX-License-Identifier: Apache-2.0
// What the clock decides, and what a form says when it is shown again; tests/browser has the pages
// themselves.
#include "tests/support/identity_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace cardea::identity {
namespace {

using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view wrong = "login=anna%40example.com&password=another+parasol+43";

class SignInPagesTest : public IdentityTest {};

TEST_F(SignInPagesTest, a_form_that_stood_open_for_days_signs_in_and_leads_where_it_should) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login?next=/account/sessions");
    clock_.advance(std::chrono::hours(70));

    const http::Response response = browser.post("/login", std::string(good) + "&next=%2Faccount%2Fsessions");

    EXPECT_EQ(response.status(), Status::see_other);
    EXPECT_EQ(response.header("Location"), "/account/sessions");
    EXPECT_EQ(browser.get("/account").status(), Status::ok);
}

TEST_F(SignInPagesTest, a_form_whose_cookie_is_gone_signs_in) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login");
    browser.cookies.clear();

    EXPECT_EQ(browser.post("/login", good).header("Location"), "/account");
}

TEST_F(SignInPagesTest, a_registration_form_that_stood_open_for_days_makes_the_account) {
    AppClient browser(app_);
    browser.get("/register");
    clock_.advance(std::chrono::hours(70));

    EXPECT_EQ(browser.post("/register", good).header("Location"), "/login?notice=registered");
}

TEST_F(SignInPagesTest, a_form_that_did_not_work_keeps_the_name_and_where_it_leads) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login?next=/account/sessions");

    const http::Response response =
        browser.post("/login", std::string(wrong) + "&next=%2Faccount%2Fsessions");

    EXPECT_EQ(response.status(), Status::unauthorized);
    EXPECT_THAT(text(response), HasSubstr("<title>Problem: Sign in"));
    EXPECT_THAT(text(response), HasSubstr(R"(value="anna@example.com")"));
    EXPECT_THAT(text(response), HasSubstr(R"(type="hidden" name="next" value="/account/sessions")"));
    EXPECT_THAT(text(response), Not(HasSubstr("parasol")));
}

TEST_F(SignInPagesTest, a_form_that_was_sent_before_says_so_and_the_next_one_works) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login");
    const auto form_cookies = browser.cookies;
    browser.post("/login", good);
    browser.cookies = form_cookies;

    const http::Response again = browser.post("/login", good);

    EXPECT_THAT(text(again), HasSubstr("This form was sent before."));
    EXPECT_THAT(text(again), HasSubstr(R"(value="anna@example.com")"));
    EXPECT_EQ(browser.post("/login", good).status(), Status::see_other);
}

TEST_F(SignInPagesTest, a_form_leads_to_no_other_site_whatever_it_holds) {
    register_anna();
    AppClient browser(app_);

    const http::Response response = browser.post("/login", std::string(good) + "&next=%2F%2Fevil.example%2F");

    EXPECT_EQ(response.header("Location"), "/");
}

TEST_F(SignInPagesTest, whoever_registered_finds_the_name_in_the_sign_in_form) {
    AppClient browser(app_);
    browser.get("/register?next=/account/sessions");

    const http::Response registered =
        browser.post("/register", std::string(good) + "&next=%2Faccount%2Fsessions");
    const std::string page = text(browser.get(registered.header("Location")));

    EXPECT_EQ(registered.header("Location"), "/login?notice=registered&next=%2Faccount%2Fsessions");
    EXPECT_THAT(page, HasSubstr(R"(value="anna@example.com")"));
    EXPECT_THAT(page, HasSubstr(R"(type="hidden" name="next" value="/account/sessions")"));
}

TEST_F(SignInPagesTest, the_length_that_the_policy_asks_for_is_said_before_and_after) {
    AppClient browser(app_);

    const std::string before = text(browser.get("/register"));
    const http::Response refused = browser.post("/register", "login=anna&password=too+short");
    const http::Response over_json =
        browser.post_json("/api/v1/register", R"({"username":"anna","password":"too short"})");

    EXPECT_THAT(before, HasSubstr("At least 15 characters."));
    EXPECT_EQ(refused.status(), Status::unprocessable_content);
    EXPECT_THAT(text(refused), HasSubstr("Please use at least 15 characters."));
    EXPECT_THAT(text(over_json), HasSubstr("Please use at least 15 characters."));
}

TEST_F(SignInPagesTest, signing_out_leaves_what_an_application_of_the_origin_keeps_in_the_browser) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login");
    browser.post("/login", good);

    const http::Response response = browser.post_json("/api/v1/logout", "{}");

    EXPECT_EQ(response.status(), Status::no_content);
    EXPECT_EQ(response.header("Clear-Site-Data"), "\"cache\"");
}

TEST_F(SignInPagesTest, the_session_that_looks_comes_first_in_the_list) {
    register_anna();
    AppClient browser(app_);
    browser.post("/login", good);
    for (int i = 0; i < 3; ++i) {
        clock_.advance(std::chrono::minutes(1));
        AppClient other(app_);
        other.post("/login", good);
    }

    const std::string page = text(browser.get("/account/sessions"));

    const std::size_t rows = page.find(R"(<li class="row">)");
    ASSERT_NE(rows, std::string::npos);
    EXPECT_LT(page.find("You are here", rows), page.find("</li>", rows)) << page;
}

TEST_F(SignInPagesTest, password_managers_find_where_the_password_is_changed) {
    AppClient browser(app_);

    const http::Response response = browser.get("/.well-known/change-password");

    EXPECT_EQ(response.status(), Status::see_other);
    EXPECT_EQ(response.header("Location"), "/account/password");
}

TEST_F(SignInPagesTest, no_cookie_is_cleared_that_the_browser_does_not_have) {
    register_anna();
    AppClient browser(app_);
    const auto lines_about_providers = [&browser] {
        return std::ranges::count_if(browser.set_cookie_lines, [](const std::string& line) {
            return line.starts_with("cardea-provider=");
        });
    };

    browser.post("/login", good);
    ASSERT_FALSE(browser.set_cookie_lines.empty());
    EXPECT_EQ(lines_about_providers(), 0);
    browser.post_json("/api/v1/logout", "{}");
    EXPECT_EQ(lines_about_providers(), 0);
    browser.cookies["cardea-provider"] = "of old";
    browser.post("/login", good);
    EXPECT_EQ(lines_about_providers(), 1);
}

TEST_F(SignInPagesTest, too_many_tries_are_told_how_long_to_wait) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login");
    http::Response response(Status::ok);
    for (int i = 0; i < 12 && response.status() != Status::too_many_requests; ++i) {
        response = browser.post("/login", wrong);
    }

    EXPECT_EQ(response.status(), Status::too_many_requests);
    EXPECT_THAT(
        text(response), HasSubstr("Please wait " + std::string(response.header("Retry-After")) + " second")
    );
}

}  // namespace
}  // namespace cardea::identity
