// SPDX-License-Identifier: Apache-2.0
// CSRF protection as an App has it by itself, with sessions in use.
#include "cardea/html/tags.h"
#include "cardea/web/app.h"
#include "cardea/web/csrf.h"
#include "cardea/web/sessions.h"
#include "tests/support/app_client.h"

#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Method;
using http::Status;
using testing::AppClient;
using testing::RawRequest;

constexpr const char* secret = testing::app_secret;

std::string done() {
    return "done";
}

class DefaultCsrf : public ::testing::TestWithParam<bool> {
 protected:
    void SetUp() override {
        app_.use(sessions({.secret = SecretText(secret), .store = GetParam() ? memory_store() : nullptr}));
        app_.get("/token", [](Request& request) { return request.csrf_token(); });
        app_.get("/form", [](Request& request) { return html::form(csrf_field(request)); });
        app_.post("/change", done);
        app_.post("/headerless", done).accepts_headerless_clients();
        app_.post("/guarded", requires_scopes("authenticated"), done);
        app_.post("/sign-in", [](Session& session) {
            session.sign_in({.id = "7", .name = "Ada", .scopes = {}});
            return "in";
        });
        ASSERT_TRUE(app_.start());
        client_.fetch_site = "";  // as curl does, and browsers from before Fetch Metadata
    }

    std::string token() { return std::string(client_.get("/token").body()); }
    Status change(const std::string& token) {
        return client_.post("/change", "csrf_token=" + token).status();
    }

    App app_;
    AppClient client_{app_};
};

TEST_P(DefaultCsrf, is_there_without_being_asked_for) {
    EXPECT_EQ(client_.post("/change").status(), Status::forbidden);
    EXPECT_EQ(change(std::string(86, 'A')), Status::forbidden);
}

TEST_P(DefaultCsrf, takes_the_token_of_a_visitor_in_form_and_header) {
    const std::string first = token();
    const std::string second = token();

    EXPECT_NE(first, second);
    EXPECT_EQ(change(first), Status::ok);
    EXPECT_EQ(change(second), Status::ok);
    EXPECT_EQ(change(first), Status::ok);
    EXPECT_EQ(
        client_.send(RawRequest(Method::post, "/change").with("X-CSRF-Token", first)).status(), Status::ok
    );
}

TEST_P(DefaultCsrf, refuses_the_token_of_another_visitor) {
    AppClient other(app_);
    const std::string foreign(other.get("/token").body());
    token();

    EXPECT_EQ(change(foreign), Status::forbidden);
}

TEST_P(DefaultCsrf, refuses_a_visitors_token_after_the_sign_in) {
    const std::string before = token();
    ASSERT_EQ(client_.post("/sign-in", "csrf_token=" + before).status(), Status::ok);

    EXPECT_EQ(change(before), Status::forbidden);
    EXPECT_EQ(change(token()), Status::ok);
}

TEST_P(DefaultCsrf, refuses_other_sites_even_with_a_token) {
    const std::string mine = token();
    client_.fetch_site = "cross-site";
    EXPECT_EQ(change(mine), Status::forbidden);
    client_.fetch_site = "same-origin";
    EXPECT_EQ(change(""), Status::ok);
}

TEST_P(DefaultCsrf, leaves_out_routes_that_say_so_and_those_that_ask_to_sign_in_first) {
    EXPECT_EQ(client_.post("/headerless").status(), Status::ok);
    EXPECT_EQ(client_.post("/guarded").status(), Status::unauthorized);
    client_.fetch_site = "cross-site";
    EXPECT_EQ(client_.post("/headerless").status(), Status::forbidden);
}

TEST_P(DefaultCsrf, signs_nobody_in_for_another_site) {
    EXPECT_EQ(client_.post("/sign-in").status(), Status::forbidden);
    client_.fetch_site = "cross-site";
    EXPECT_EQ(client_.post("/sign-in").status(), Status::forbidden);
    EXPECT_TRUE(client_.cookies.empty());
}

TEST_P(DefaultCsrf, lets_no_cache_give_one_visitors_token_to_another) {
    const http::Response response = client_.get("/form");
    EXPECT_EQ(response.header("Vary"), "Cookie");
    EXPECT_EQ(response.header("Cache-Control"), "no-store");
}

TEST_P(DefaultCsrf, writes_the_field_into_forms) {
    const std::string page(client_.get("/form").body());
    EXPECT_EQ(
        page.find(R"(<form><input type="hidden" name="csrf_token" value=")"),
        std::string("<!doctype html>").size()
    );
}

INSTANTIATE_TEST_SUITE_P(Kept, DefaultCsrf, ::testing::Bool());

TEST(DefaultCsrfWithoutSessions, is_not_there) {
    App app;
    app.post("/change", done);
    ASSERT_TRUE(app.start());
    AppClient client(app);
    client.fetch_site = "";

    EXPECT_EQ(client.post("/change").status(), Status::ok);
}

}  // namespace
}  // namespace cardea::web
