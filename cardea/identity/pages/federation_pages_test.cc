// SPDX-License-Identifier: Apache-2.0
// What the clock decides, and what needs no real provider; tests/server/providers.test.mjs has one.
#include "tests/support/federation_pages.h"

#include "cardea/identity/pages/provider_notice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::identity {
namespace {

using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;
using ::testing::StartsWith;

TEST_F(FederationPagesTest, signs_in_and_says_who_it_is_without_a_name) {
    AppClient browser(app_);

    const http::Response back = go(browser, "/login/github?next=/account/sessions");

    EXPECT_EQ(back.status(), Status::see_other);
    EXPECT_EQ(back.header("Location"), "/account/sessions");
    EXPECT_THAT(text(browser.get("/account")), HasSubstr("octocat"));
    EXPECT_THAT(text(browser.get("/api/v1/identities")), HasSubstr(R"("provider":"github")"));
}

TEST_F(FederationPagesTest, a_first_password_is_a_way_to_confirm_and_frees_the_last_identity) {
    AppClient browser(app_);
    go(browser);
    const std::string form = "&new_password=" + std::string(good_password);
    EXPECT_EQ(
        post(browser, "/account/password", "/account/password", form).header("Location"),
        "/account/password?notice=set"
    );
    clock_.advance(std::chrono::minutes(11));

    const http::Response wrong =
        post(browser, "/account/identities", "/account/identities/confirm", "&password=a+wrong+one");
    EXPECT_EQ(wrong.status(), Status::unprocessable_content);
    const http::Response right = post(
        browser,
        "/account/identities",
        "/account/identities/confirm",
        "&password=" + std::string(good_password)
    );
    EXPECT_EQ(right.header("Location"), "/account/identities");

    const std::string page = text(browser.get("/account/identities"));
    const std::size_t action = page.find("/account/identities/");
    const std::string unlink = page.substr(action, page.find('"', action) - action);
    EXPECT_EQ(
        post(browser, "/account/identities", unlink).header("Location"), "/account/identities?notice=unlinked"
    );
    EXPECT_THAT(text(browser.get("/api/v1/identities")), HasSubstr("[]"));
}

TEST_F(FederationPagesTest, leave_the_routes_of_a_program_under_login_alone) {
    web::App app({.public_url = origin});
    Site site(system_->services(), ForwardAuth::Options{.public_url = origin});
    site.add_to(app, http::parse_url(origin)->origin());
    app.post("/login/otp", [](web::Request&) { return http::Response(Status::no_content); });
    app.post("/login/{provider}/otp", [](web::Request&) { return http::Response(Status::no_content); });
    ASSERT_TRUE(app.start());
    AppClient browser(app);

    EXPECT_EQ(browser.post("/login/otp").status(), Status::no_content);
    EXPECT_EQ(browser.post("/login/github/otp").status(), Status::no_content);
    browser.get("/login/github");
    EXPECT_EQ(browser.post("/login/otp").status(), Status::no_content);
    browser.fetch_site.clear();
    EXPECT_EQ(browser.post("/login/otp").status(), Status::forbidden);
}

TEST_F(FederationPagesTest, who_signs_in_or_out_is_at_no_provider_any_more) {
    AppClient browser(app_);
    go(browser);
    const std::string form = "&new_password=" + std::string(good_password);
    post(browser, "/account/password", "/account/password", form);
    post(browser, "/account/identities", "/account/providers/github/link");
    ASSERT_TRUE(browser.cookies.contains("cardea-provider"));
    post(browser, "/account", "/logout");
    EXPECT_FALSE(browser.cookies.contains("cardea-provider"));

    browser.get("/login/github");
    browser.post_json("/api/v1/register", R"({"username":"anna","password":"tangerine parasol 42"})");
    browser.post_json("/api/v1/login", R"({"username":"anna","password":"tangerine parasol 42"})");
    EXPECT_EQ(browser.get("/account").status(), Status::ok);
    EXPECT_FALSE(browser.cookies.contains("cardea-provider"));
}

TEST_F(FederationPagesTest, nobody_makes_the_server_ask_a_provider_without_end) {
    AppClient browser(app_);
    network_.on("https://github.com/login/oauth/access_token", R"({"error":"bad_verification_code"})");
    const std::string back = way_back(browser.get("/login/github").header("Location"));
    ::testing::internal::CaptureStderr();

    for (int i = 0; i < 100; ++i) {
        browser.get(back);
    }

    const std::string log = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(network_.times_asked("https://github.com/login/oauth/access_token"), 60U);
    std::size_t lines = 0;
    for (std::size_t at = log.find("provider.refused"); at != std::string::npos;
         at = log.find("provider.refused", at + 1)) {
        ++lines;
    }
    EXPECT_EQ(lines, 10U);
}

TEST_F(FederationPagesTest, a_session_that_connects_goes_on_with_a_new_token) {
    AppClient browser(app_);
    go(browser);
    AppClient thief(app_);
    thief.cookies = browser.cookies;
    const http::Response page = post(browser, "/account/identities", "/account/providers/github/link");

    const http::Response back = browser.get(way_back(page.header("Refresh")));

    EXPECT_EQ(back.header("Location"), "/account/identities?notice=linked");
    EXPECT_EQ(browser.get("/account").status(), Status::ok);
    EXPECT_EQ(thief.get("/account").status(), Status::unauthorized);
}

TEST_F(FederationPagesTest, who_was_signed_out_while_connecting_is_told_so) {
    AppClient browser(app_);
    go(browser);
    const http::Response page = post(browser, "/account/identities", "/account/providers/github/link");
    const AccountId account = run(system_->directory().list({})).value().front().id;
    ASSERT_TRUE(run(system_->sessions().revoke_all(account, std::nullopt)));

    const http::Response back = browser.get(way_back(page.header("Refresh")));

    EXPECT_EQ(back.header("Location"), "/login?notice=provider-signed-out");
    EXPECT_THAT(text(browser.get("/login?notice=provider-signed-out")), HasSubstr("signed out meanwhile"));
    EXPECT_EQ(provider_notice({Errc::unauthenticated, {}}), "provider-signed-out");
}

TEST_F(FederationPagesTest, connecting_asks_the_provider_no_more_often) {
    AppClient browser(app_);
    go(browser);
    network_.on("https://github.com/login/oauth/access_token", R"({"error":"bad_verification_code"})");
    const std::size_t before = network_.times_asked("https://github.com/login/oauth/access_token");
    const http::Response page = post(browser, "/account/identities", "/account/providers/github/link");
    const std::string back = way_back(page.header("Refresh"));

    for (int i = 0; i < 100; ++i) {
        browser.get(back);
    }

    // Those of the address, and those of somebody whose device is known.
    EXPECT_LE(network_.times_asked("https://github.com/login/oauth/access_token") - before, 60U + 10U);
}

TEST_F(FederationPagesTest, a_question_is_answered_within_half_an_hour) {
    AppClient browser(app_);
    browser.get("/login/github");

    EXPECT_EQ(browser.get("/login/github/account").header("Location"), "/login?notice=provider-restart");
    clock_.advance(std::chrono::minutes(31));
    EXPECT_THAT(
        std::string(browser.get("/login/github/callback?code=a&state=b").header("Location")),
        StartsWith("/login?notice=provider-restart")
    );
}

TEST_F(FederationPagesTest, what_a_provider_left_behind_that_was_taken_away_can_be_taken_off) {
    AppClient browser(app_);
    go(browser);
    const std::string form = "&new_password=" + std::string(good_password);
    post(browser, "/account/password", "/account/password", form);
    SystemOptions without = options();
    without.providers.clear();
    site_.reset();
    system_.reset();
    stores::SqliteStores stores = stores::open_sqlite(folder_.path() / "cardea.db").value();
    system_ = System::make({keyring_, clock_, random_}, std::move(without), std::move(stores)).value();
    Site site(system_->services(), ForwardAuth::Options{.public_url = origin});
    web::App app{{.public_url = origin}};
    site.add_to(app, http::parse_url(origin)->origin());
    ASSERT_TRUE(app.start());
    AppClient later(app);
    later.cookies = browser.cookies;

    EXPECT_THAT(text(later.get("/account")), HasSubstr("/account/identities"));
    const std::string page = text(later.get("/account/identities"));
    EXPECT_THAT(page, HasSubstr("No longer offered"));
    const std::size_t action = page.find("/account/identities/");
    const std::string unlink = page.substr(action, page.find('"', action) - action);
    EXPECT_EQ(
        post(later, "/account/identities", unlink).header("Location"), "/account/identities?notice=unlinked"
    );
    EXPECT_THAT(text(later.get("/account")), Not(HasSubstr("/account/identities")));
}

TEST_F(FederationPagesTest, the_form_of_a_question_may_lead_to_a_sibling_host) {
    SystemOptions with_domain = options();
    with_domain.registration = account::RegistrationMode::by_invitation;
    with_domain.cookie_domain = "example.com";
    with_domain.https = true;
    site_.reset();
    system_.reset();
    stores::SqliteStores stores = stores::open_sqlite(folder_.path() / "cardea.db").value();
    system_ = System::make({keyring_, clock_, random_, &network_}, std::move(with_domain), std::move(stores))
                  .value();
    Site site(system_->services(), ForwardAuth::Options{.public_url = origin});
    web::App app{{.public_url = origin}};
    site.add_to(app, http::parse_url(origin)->origin());
    ASSERT_TRUE(app.start());
    AppClient browser(app);

    ASSERT_EQ(go(browser).header("Location"), "/login/github/account");
    EXPECT_THAT(
        std::string(browser.get("/login/github/account").header("Content-Security-Policy")),
        HasSubstr("form-action 'self' https://example.com https://*.example.com;")
    );
}

TEST_F(FederationPagesTest, counts_what_each_way_came_to) {
    const auto count = [&](std::string_view id, ProviderOutcome outcome) {
        return system_->providers().find(id)->counts->count(outcome);
    };
    AppClient browser(app_);
    browser.get(way_back(browser.get("/login/github").header("Location")) + "&error=access_denied");
    AppClient ada(app_);
    go(ada);
    const http::Response page = post(ada, "/account/identities", "/account/providers/github/link");
    ada.get(way_back(page.header("Refresh")));
    network_.fail_on("https://github.com/login/oauth/access_token");
    AppClient later(app_);
    go(later);

    EXPECT_EQ(count("github", ProviderOutcome::signed_in), 1U);
    EXPECT_EQ(count("github", ProviderOutcome::linked), 1U);
    EXPECT_EQ(count("github", ProviderOutcome::denied), 1U);
    EXPECT_EQ(count("github", ProviderOutcome::unavailable), 1U);
    EXPECT_EQ(count("staff", ProviderOutcome::signed_in), 0U);
}

TEST_F(FederationPagesTest, the_last_way_in_is_a_409_in_json) {
    AppClient browser(app_);
    go(browser);
    const std::string listed = text(browser.get("/api/v1/identities"));
    const std::string path = "/api/v1/identities/" + listed.substr(listed.find("\"id\":\"") + 6, 26);
    const testing::RawRequest remove(http::Method::delete_, path);

    const http::Response refused = browser.send(remove);

    EXPECT_EQ(refused.status(), Status::conflict);
    EXPECT_THAT(text(refused), HasSubstr("only way into your account"));
}

}  // namespace
}  // namespace cardea::identity
