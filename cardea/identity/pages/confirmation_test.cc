// SPDX-License-Identifier: Apache-2.0
// How somebody who has no password shows again that it is them.
#include "tests/support/federation_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::identity {
namespace {

using ::testing::AllOf;
using testing::AppClient;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;

TEST_F(FederationPagesTest, an_old_sign_in_changes_nothing_before_it_is_shown_again_who_is_there) {
    AppClient browser(app_);
    go_to_staff(browser);
    clock_.advance(std::chrono::minutes(11));

    const std::string page = text(browser.get("/account/identities"));
    EXPECT_THAT(page, HasSubstr("Is it you?"));
    EXPECT_THAT(page, HasSubstr("Confirm with Staff"));
    EXPECT_THAT(page, Not(HasSubstr("type=\"password\"")));
    EXPECT_THAT(page, Not(HasSubstr("/unlink")));
    const http::Response link = post(browser, "/account/identities", "/account/providers/github/link");
    EXPECT_EQ(link.header("Location"), "/account/identities");

    EXPECT_EQ(
        go_to_staff(browser, "/login/staff?next=/account/identities").header("Location"),
        "/account/identities"
    );
    EXPECT_THAT(text(browser.get("/account/identities")), HasSubstr("/unlink"));
}

TEST_F(FederationPagesTest, somebody_else_at_the_provider_does_not_confirm) {
    AppClient other(app_);
    go_to_staff(other);
    AppClient browser(app_);
    at_staff_ = "43";
    go_to_staff(browser);
    clock_.advance(std::chrono::minutes(11));
    at_staff_ = "42";

    const http::Response back = go_to_staff(browser);

    EXPECT_EQ(back.header("Location"), "/account/identities?notice=provider-other");
    EXPECT_THAT(text(browser.get("/account/identities")), HasSubstr("Is it you?"));
}

TEST_F(FederationPagesTest, pages_that_ask_for_the_password_ask_an_account_without_one_for_its_provider) {
    AppClient browser(app_);
    go_to_staff(browser);
    AppClient second(app_);
    go_to_staff(second);
    clock_.advance(std::chrono::minutes(11));

    const std::string sessions = text(post(browser, "/account/sessions", "/account/sessions/end-others"));
    const std::string keys =
        text(post(browser, "/account/api-keys", "/account/api-keys", "&name=nightly&lifetime=90d"));
    const std::string password = text(browser.get("/account/password"));

    EXPECT_THAT(sessions, HasSubstr("href=\"/login/staff?next=%2Faccount%2Fsessions\""));
    EXPECT_THAT(keys, HasSubstr("href=\"/login/staff?next=%2Faccount%2Fapi-keys\""));
    EXPECT_THAT(password, HasSubstr("href=\"/login/staff?next=%2Faccount%2Fpassword\""));
    for (const std::string& page : {sessions, keys, password}) {
        EXPECT_THAT(page, Not(HasSubstr("type=\"password\"")));
    }
}

TEST_F(FederationPagesTest, confirming_asks_for_a_new_sign_in_and_for_its_proof) {
    AppClient browser(app_);
    go_to_staff(browser);
    clock_.advance(std::chrono::minutes(11));

    const http::Response left = browser.get("/login/staff");
    EXPECT_THAT(
        std::string(left.header("Location")), AllOf(HasSubstr("&prompt=login"), HasSubstr("&max_age=60"))
    );
    auth_time_ = std::nullopt;
    const http::Response without = come_back_from_staff(browser, left);
    EXPECT_EQ(without.header("Location"), "/account/identities?notice=provider-no-proof");
    auth_time_ = clock_.now() - std::chrono::minutes(3);
    const http::Response too_old = come_back_from_staff(browser, browser.get("/login/staff"));
    EXPECT_EQ(too_old.header("Location"), "/account/identities?notice=provider-no-proof");
    EXPECT_THAT(
        text(browser.get("/account/identities?notice=provider-no-proof")),
        HasSubstr("sign out here and sign in again")
    );
    EXPECT_THAT(text(browser.get("/account/identities")), HasSubstr("Is it you?"));
}

TEST_F(FederationPagesTest, a_first_sign_in_asks_for_no_proof) {
    AppClient browser(app_);

    const http::Response left = browser.get("/login/staff");
    auth_time_ = std::nullopt;

    EXPECT_THAT(std::string(left.header("Location")), Not(HasSubstr("max_age")));
    EXPECT_EQ(come_back_from_staff(browser, left).header("Location"), "/account");
}

TEST_F(FederationPagesTest, a_provider_that_proves_nothing_does_not_confirm) {
    AppClient browser(app_);
    go(browser);
    clock_.advance(std::chrono::minutes(11));

    const std::string page = text(browser.get("/account/identities"));
    EXPECT_THAT(page, HasSubstr("Sign out and sign in again"));
    EXPECT_THAT(page, Not(HasSubstr("Confirm with")));
    EXPECT_THAT(page, Not(HasSubstr("/unlink")));
    EXPECT_EQ(
        browser.get("/login/github").header("Location"), "/account/identities?notice=provider-no-proof"
    );
    post(browser, "/account", "/logout");
    go(browser);
    EXPECT_THAT(text(browser.get("/account/identities")), HasSubstr("/unlink"));
}

TEST_F(FederationPagesTest, who_confirmed_stays_signed_in_though_the_rest_fails) {
    AppClient browser(app_);
    go_to_staff(browser);
    AppClient second(app_);
    go_to_staff(second);
    post(browser, "/account/password", "/account/password", "&new_password=tangerine+parasol+42");
    clock_.advance(std::chrono::minutes(11));
    const std::string form =
        "csrf_token=" + csrf_token(browser, "/account/sessions") + "&password=tangerine+parasol+42";

    audit_rows_->is_full = true;
    const http::Response refused = browser.post("/account/sessions/end-others", form);
    audit_rows_->is_full = false;

    EXPECT_EQ(refused.status(), http::Status::service_unavailable);
    EXPECT_EQ(browser.get("/account/sessions").status(), http::Status::ok);
    EXPECT_EQ(second.get("/account/sessions").status(), http::Status::ok);
}

TEST_F(FederationPagesTest, keeps_what_the_application_knows_of_a_session_that_is_confirmed) {
    AppClient browser(app_);
    go_to_staff(browser);
    const AccountId account = run(system_->directory().list({})).value().front().id;
    const session::SessionRecord before = run(system_->sessions().list(account)).value().front();
    ASSERT_TRUE(run(system_->sessions().update_data(before.token_hash, R"({"cart":3})", before.version)));

    go_to_staff(browser);

    const auto sessions = run(system_->sessions().list(account)).value();
    ASSERT_EQ(sessions.size(), 1U);
    EXPECT_NE(sessions.front().id, before.id);
    EXPECT_EQ(sessions.front().data, R"({"cart":3})");
}

}  // namespace
}  // namespace cardea::identity
