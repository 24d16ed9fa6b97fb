// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/guard.h"

#include "cardea/web/app.h"
#include "cardea/web/sessions.h"
#include "tests/support/app_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Method;
using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using testing::RawRequest;

constexpr const char* secret = testing::app_secret;

std::string hello() {
    return "hello";
}

class RequiresScopes : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.use(sessions({.secret = SecretText(secret)}));
        app_.get("/dashboard", requires_scopes("authenticated", {.redirect = "/login"}), hello);
        app_.post("/dashboard", requires_scopes("authenticated", {.redirect = "/login"}), hello);
        app_.get("/login", hello);
        app_.get("/mine", requires_scopes("authenticated", {.redirect = "/login#form"}), hello);
        app_.get("/api", requires_scopes("authenticated"), hello);
        app_.get("/admin", requires_scopes({"authenticated", "admin"}), hello);
        app_.get("/both", requires_scopes("reader"), requires_scopes("admin"), hello);
        app_.post("/sign-in", [](Session& session, Request& request) {
            User user{.id = "7", .name = "Ada", .scopes = {"reader"}};
            if (request.http().query == "admin") {
                user.scopes.emplace_back("admin");
            }
            session.sign_in(user);
            return no_content();
        });
        ASSERT_TRUE(app_.start());
    }

    App app_;
    AppClient client_{app_};
};

TEST_F(RequiresScopes, sends_nobody_to_the_sign_in_page_with_the_way_back) {
    const http::Response response = client_.get("/dashboard?tab=1&x=%2f");

    EXPECT_EQ(response.status(), Status::see_other);
    EXPECT_EQ(response.header("Location"), "/login?next=%2Fdashboard%3Ftab%3D1%26x%3D%252f");
    EXPECT_EQ(response.header("Vary"), "Cookie");
    EXPECT_EQ(client_.get("/mine").header("Location"), "/login?next=%2Fmine#form");
}

TEST_F(RequiresScopes, offers_no_way_back_to_what_was_posted) {
    EXPECT_EQ(client_.post("/dashboard").header("Location"), "/login");
}

TEST_F(RequiresScopes, tells_programs_and_scripts_401) {
    const http::Response json =
        client_.send(RawRequest(Method::get, "/dashboard").with("Accept", "application/json"));
    const http::Response fetch =
        client_.send(RawRequest(Method::get, "/dashboard").with("Sec-Fetch-Mode", "cors"));
    const http::Response page =
        client_.send(RawRequest(Method::get, "/dashboard").with("Sec-Fetch-Mode", "navigate"));

    EXPECT_EQ(json.status(), Status::unauthorized);
    EXPECT_FALSE(json.header("WWW-Authenticate").empty());
    EXPECT_THAT(std::string(json.body()), HasSubstr(R"("detail":"Not authenticated")"));
    EXPECT_EQ(fetch.status(), Status::unauthorized);
    EXPECT_EQ(page.status(), Status::see_other);
}

TEST_F(RequiresScopes, without_a_redirect_is_401_for_nobody_and_403_for_somebody_else) {
    EXPECT_EQ(client_.get("/api").status(), Status::unauthorized);
    EXPECT_EQ(client_.get("/admin").status(), Status::unauthorized);

    client_.post("/sign-in");

    EXPECT_EQ(client_.get("/dashboard").status(), Status::ok);
    EXPECT_EQ(client_.get("/api").status(), Status::ok);
    EXPECT_EQ(client_.get("/admin").status(), Status::forbidden);
    EXPECT_EQ(client_.get("/both").status(), Status::forbidden);

    client_.post("/sign-in?admin");

    EXPECT_EQ(client_.get("/admin").status(), Status::ok);
    EXPECT_EQ(client_.get("/both").status(), Status::ok);
}

TEST(Guards, are_refused_at_start_where_nothing_knows_users) {
    App app;
    app.get("/dashboard", requires_scopes("authenticated"), hello);

    const Result<> started = app.start();

    EXPECT_THAT(started.error().context, HasSubstr("/dashboard is for people who are signed in"));
    EXPECT_THAT(started.error().context, HasSubstr("app.use(sessions("));
}

std::string why_not_started(const char* redirect) {
    App app;
    app.use(sessions({.secret = SecretText(secret)}));
    app.get("/dashboard", requires_scopes("authenticated", {.redirect = redirect}), hello);
    app.get("/login/{provider}", hello);
    app.post("/logout", hello);
    const Result<> started = app.start();
    return started ? "" : started.error().context;
}

TEST(Guards, are_refused_at_start_where_they_send_people_to_no_page) {
    EXPECT_EQ(
        why_not_started("/logn?from=dashboard"),
        "/dashboard sends whoever is not signed in to /logn?from=dashboard, where no route answers GET: "
        "correct the redirect of requires_scopes, add app.get(\"/logn\", ...), or write the whole address "
        "(https://...) of another program's page"
    );
    EXPECT_THAT(why_not_started("/logout"), HasSubstr("no route answers GET"));
    EXPECT_THAT(why_not_started("login"), HasSubstr("no route answers GET"));
    EXPECT_THAT(why_not_started("//example.com/login"), HasSubstr("no route answers GET"));
}

TEST(Guards, send_people_to_pages_with_parameters_and_to_other_programs) {
    EXPECT_EQ(why_not_started("/login/example?prompt=login#top"), "");
    EXPECT_EQ(why_not_started("https://id.example.com/login"), "");
}

TEST(Guards, may_be_added_before_what_they_need) {
    App app;
    app.get("/dashboard", requires_scopes("authenticated"), hello);
    app.use(sessions({.secret = SecretText(secret)}));

    EXPECT_TRUE(app.start());
}

}  // namespace
}  // namespace cardea::web
