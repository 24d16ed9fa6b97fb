// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/openapi.h"

#include "cardea/base/json.h"
#include "cardea/web/request.h"
#include "cardea/web/response.h"
#include "cardea/web/route.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace cardea::web {
namespace {

using http::Method;
using http::Status;

http::Response nothing(Request&) {
    return no_content();
}

const Json* follow(const Json& json, std::initializer_list<std::string_view> path) {
    const Json* at = &json;
    for (const std::string_view name : path) {
        at = at == nullptr ? nullptr : at->find(name);
    }
    return at;
}

class OpenApi : public ::testing::Test {
 protected:
    Result<Json> make() {
        const Result<std::string> text =
            make_openapi({info_, {&login_, &remove_, &page_}, schemas_, security_, has_csrf_});
        if (!text) {
            return std::unexpected(text.error());
        }
        return parse_json(*text);
    }

    OpenApiInfo info_{.title = "Cardea", .version = "1.0", .server_url = "https://id.example.org"};
    Route login_{Method::post, "/api/v1/login", {}, nothing};
    Route remove_{Method::delete_, "/api/v1/sessions/{id}", {requires_account_session()}, nothing};
    Route page_{Method::get, "/login", {}, nothing};
    Schemas schemas_{{"Login", R"({"type":"object"})"}, {"Session", R"({"type":"object"})"}};
    bool has_csrf_ = true;
    std::vector<SecurityScheme> security_{{"bearer", R"({"type":"http","scheme":"bearer"})"}};

    void SetUp() override {
        login_.summary("Sign in").tag("Sessions").takes("Login").answers(Status::ok, "Signed in.", "Session");
        login_.answer_header("Set-Cookie", "The session.");
        login_.answers(Status::unauthorized, "Wrong.").answers(Status::too_many_requests, "Too many.");
        remove_.summary("End a session").answers(Status::no_content, "Ended.");
        remove_.answers_empty(Status::forbidden, "Not yours.");
        page_.hidden();
    }
};

TEST_F(OpenApi, describes_bodies_and_answers) {
    const Result<Json> json = make();

    ASSERT_TRUE(json);
    EXPECT_EQ(json->find_text("openapi"), "3.1.0");
    const Json* login = follow(*json, {"paths", "/api/v1/login", "post"});
    ASSERT_NE(login, nullptr);
    EXPECT_EQ(login->find_text("operationId"), "post_api_v1_login");
    EXPECT_EQ(
        follow(*login, {"requestBody", "content", "application/json", "schema"})->find_text("$ref"),
        "#/components/schemas/Login"
    );
    EXPECT_EQ(
        follow(*login, {"responses", "200", "content", "application/json", "schema"})->find_text("$ref"),
        "#/components/schemas/Session"
    );
    EXPECT_EQ(
        follow(*login, {"responses", "401", "content", "application/problem+json", "schema"})
            ->find_text("$ref"),
        "#/components/schemas/Problem"
    );
    EXPECT_TRUE(login->find("security")->items().empty());
}

TEST_F(OpenApi, describes_parameters_and_security_of_guarded_routes) {
    const Result<Json> json = make();

    ASSERT_TRUE(json);
    const Json* remove = follow(*json, {"paths", "/api/v1/sessions/{id}", "delete"});
    ASSERT_NE(remove, nullptr);
    ASSERT_EQ(remove->find("security")->items().size(), 1U);
    EXPECT_NE(remove->find("security")->items()[0].find("bearer"), nullptr);
    EXPECT_NE(follow(*remove, {"responses", "401", "content"}), nullptr);
    EXPECT_NE(follow(*remove, {"responses", "403"}), nullptr);
    EXPECT_EQ(follow(*remove, {"responses", "403", "content"}), nullptr);
    ASSERT_EQ(remove->find("parameters")->items().size(), 1U);
    EXPECT_EQ(remove->find("parameters")->items()[0].find_text("name"), "id");
}

TEST_F(OpenApi, says_how_a_route_refuses_without_being_told) {
    const Json json = make().value();

    const Json* login = follow(json, {"paths", "/api/v1/login", "post", "responses"});
    for (const std::string_view status : {"400", "403", "413", "415"}) {
        EXPECT_NE(follow(*login, {status, "content", "application/problem+json"}), nullptr) << status;
    }
    EXPECT_NE(follow(*login, {"401", "headers", "WWW-Authenticate"}), nullptr);
    EXPECT_EQ(
        follow(*login, {"429", "headers", "Retry-After", "schema"})->find_text("type").value_or(""), "integer"
    );
    EXPECT_EQ(follow(*login, {"200", "headers", "Retry-After"}), nullptr);
    EXPECT_EQ(follow(*login, {"200", "headers", "Set-Cookie"})->find_text("description"), "The session.");
    const Json* remove = follow(json, {"paths", "/api/v1/sessions/{id}", "delete", "responses"});
    EXPECT_EQ(
        follow(*remove, {"403"})->find_text("description"),
        "Not yours. Or: It came from another site (code csrf_rejected)."
    );
    EXPECT_EQ(follow(*remove, {"413"}), nullptr);
}

TEST_F(OpenApi, without_credentials_and_csrf_knows_no_refusal_of_theirs) {
    has_csrf_ = false;
    security_.clear();

    const Json json = make().value();

    const Json* remove = follow(json, {"paths", "/api/v1/sessions/{id}", "delete", "responses"});
    EXPECT_EQ(remove->find("400"), nullptr);
    EXPECT_EQ(follow(*remove, {"403"})->find_text("description"), "Not yours.");
}

TEST_F(OpenApi, takes_names_for_generated_clients_each_once) {
    login_.operation_id("signIn");
    EXPECT_EQ(follow(make().value(), {"paths", "/api/v1/login", "post"})->find_text("operationId"), "signIn");

    remove_.operation_id("signIn");
    EXPECT_EQ(make().error().context, "two routes have the operationId signIn: give each its own");
}

TEST_F(OpenApi, leaves_hidden_routes_out) {
    const Result<Json> json = make();

    ASSERT_TRUE(json);
    EXPECT_EQ(follow(*json, {"paths", "/login"}), nullptr);
}

TEST_F(OpenApi, refuses_a_schema_that_nobody_named) {
    login_.takes("Unknown");

    const Result<Json> json = make();

    ASSERT_FALSE(json);
    EXPECT_EQ(json.error().code, Errc::config);
}

TEST_F(OpenApi, refuses_a_schema_that_is_no_json_object) {
    schemas_["Login"] = "{";

    EXPECT_FALSE(make());
}

}  // namespace
}  // namespace cardea::web
