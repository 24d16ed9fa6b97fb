// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/docs.h"

#include "cardea/web/app.h"
#include "cardea/web/sessions.h"
#include "tests/support/app_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using ::testing::Not;

struct Search {
    std::string text;
    std::optional<int> limit;
    void fields(auto& field) { field("text", text, {.min_length = 2})("limit", limit); }
};

struct Login {
    std::string username;
    SecretText password;
    void fields(auto& field) { field("username", username)("password", password); }
};

class Docs : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.use(sessions({.secret = SecretText(testing::app_secret)}));
        app_.docs({.title = "Books <API>", .version = "1"});
        app_.get("/books", [](Query<Search> search) { return search.text; }).summary("Find books");
        app_.post("/login", [](const Body<Login>& login) { return login.username; });
        app_.post("/form", [](const Form<Login>& login) { return login.username; });
        app_.get("/mine", requires_scopes("authenticated"), [](const User& user) { return user.name; });
        const Result<> started = app_.start();
        ASSERT_TRUE(started) << started.error().context;
        document_ = AppClient(app_).get("/openapi.json").body();
    }

    App app_;
    std::string document_;
};

TEST_F(Docs, show_pages_that_load_everything_from_the_program) {
    AppClient client(app_);
    for (const char* path : {"/docs", "/redoc"}) {
        const http::Response page = client.get(path);
        const std::string html(page.body());
        EXPECT_EQ(page.status(), Status::ok);
        EXPECT_THAT(html, HasSubstr("<title>Books &lt;API&gt;</title>"));
        EXPECT_THAT(html, Not(HasSubstr("http")));
        const std::size_t begin = html.find("/assets/");
        const std::string asset = html.substr(begin, html.find('"', begin) - begin);
        EXPECT_EQ(client.get(asset).status(), Status::ok) << asset;
    }
}

TEST_F(Docs, describe_what_a_handler_takes) {
    EXPECT_THAT(
        document_,
        HasSubstr(
            R"("parameters":[{"name":"text","in":"query","required":true,"schema":{"type":"string","minLength":2}},)"
            R"({"name":"limit","in":"query","required":false,"schema":{"type":"integer"}}])"
        )
    );
    EXPECT_THAT(
        document_,
        HasSubstr(
            R"("requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":)"
            R"({"username":{"type":"string"},"password":{"type":"string","format":"password","writeOnly":true}},)"
            R"("required":["username","password"]}}}})"
        )
    );
    EXPECT_THAT(document_, HasSubstr(R"("content":{"application/x-www-form-urlencoded":{"schema":)"));
    EXPECT_THAT(document_, HasSubstr(R"("422":{"description":"Something is missing or not acceptable.")"));
}

TEST_F(Docs, tell_what_lets_a_person_in) {
    EXPECT_THAT(document_, HasSubstr(R"("session":{"type":"apiKey","in":"cookie","name":"session"})"));
    EXPECT_THAT(document_, HasSubstr(R"("security":[{"session":[]}])"));
}

TEST_F(Docs, do_not_describe_themselves) {
    EXPECT_THAT(document_, Not(HasSubstr("/redoc")));
    EXPECT_THAT(document_, Not(HasSubstr("/openapi.json")));
}

}  // namespace
}  // namespace cardea::web
