// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/handler.h"

#include "cardea/html/tags.h"
#include "cardea/web/app.h"
#include "tests/support/app_client.h"

#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Status;
using testing::AppClient;

struct Point {
    int x = 0;
    int y = 0;
    void fields(auto& field) { field("x", x)("y", y); }
};

struct Login {
    std::string username;
    SecretText password;
    void fields(auto& field) { field("username", username)("password", password); }
};

std::string text() {
    return "a < b";
}
html::Node page_of(Request& request) {
    return html::p(std::string(request.path()));
}
struct Order {
    std::string name;
    std::vector<std::string> extras;
    void fields(auto& field) { field("name", name)("extra", extras, {.required = false}); }
};
std::string joined(const Order& order) {
    std::string text = order.name;
    for (const std::string& extra : order.extras) {
        text.append("+").append(extra);
    }
    return text;
}
std::string ordered(Form<Order> order) {
    return joined(order);
}
std::string asked(Query<Order> order) {
    return joined(order);
}
Json sum(Query<Point> point) {
    return json_object({{"sum", point.x + point.y}});
}
Task<Json> later(Request& request, const Body<Login>& login) {
    co_return json_object({{"path", request.path()}, {"username", login.username}});
}
Task<std::string> form(Form<Login> login) {
    co_return login.username;
}
Response with_status() {
    return {html::p("no"), Status::forbidden};
}

class Handlers : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.get("/text", text);
        app_.get("/page", page_of);
        app_.get("/sum", sum);
        app_.post("/later", later);
        app_.post("/form", form);
        app_.post("/order", ordered);
        app_.get("/order", asked);
        app_.get("/status", with_status);
        app_.patch("/sum", sum);
        app_.get("/lambda", [] { return json_object({{"ok", true}}); });
        ASSERT_TRUE(app_.start());
    }

    App app_;
    AppClient client_{app_};
};

TEST_F(Handlers, answer_text_as_text_and_never_as_markup) {
    const http::Response response = client_.get("/text");

    EXPECT_EQ(response.header("Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(response.body(), "a < b");
}

TEST_F(Handlers, answer_nodes_as_pages_and_json_as_json) {
    EXPECT_EQ(client_.get("/page").body(), "<!doctype html><p>/page</p>");
    EXPECT_EQ(client_.get("/status").status(), Status::forbidden);
    EXPECT_EQ(client_.get("/lambda").body(), R"({"ok":true})");
    EXPECT_EQ(client_.get("/lambda").header("Content-Type"), "application/json");
}

TEST(RedirectTo, sends_nobody_to_what_cannot_stand_in_a_header) {
    EXPECT_EQ(redirect_to("/next?x=1").header("Location"), "/next?x=1");
    EXPECT_EQ(redirect_to("/\r\nSet-Cookie: session=x").header("Location"), "/");
}

TEST_F(Handlers, take_what_they_name_of_the_request) {
    EXPECT_EQ(client_.get("/sum?x=1&y=2").body(), R"({"sum":3})");
    EXPECT_EQ(
        client_.post_json("/later", R"({"username":"ada","password":"x"})").body(),
        R"({"path":"/later","username":"ada"})"
    );
    EXPECT_EQ(client_.post("/form", "username=ada&password=x").body(), "ada");
}

TEST_F(Handlers, answer_patch_requests) {
    const http::Request request = testing::RawRequest(http::Method::patch, "/sum?x=1&y=2");
    EXPECT_EQ(app_.answer_at_once(request)->body(), R"({"sum":3})");
}

TEST_F(Handlers, do_not_run_when_something_is_missing) {
    const http::Response response = client_.post_json("/later", R"({"username":"hunter2"})");

    EXPECT_EQ(response.status(), Status::unprocessable_content);
    EXPECT_NE(
        response.body().find(
            R"("errors":[{"loc":["body","password"],"msg":"Field required","type":"missing"}])"
        ),
        std::string_view::npos
    ) << response.body();
    EXPECT_EQ(response.body().find("hunter2"), std::string_view::npos);
}

TEST_F(Handlers, refuse_a_body_that_is_none_as_a_whole) {
    const auto type_of = [this](std::string_view body) {
        const http::Response response = client_.post_json("/later", body);
        EXPECT_EQ(response.status(), Status::unprocessable_content);
        const Json problem = parse_json(response.body()).value();
        return std::string(problem.find("errors")->items()[0].find_text("type").value());
    };

    EXPECT_EQ(type_of(""), "missing");
    EXPECT_EQ(type_of("{bad"), "json_invalid");
    EXPECT_EQ(type_of("[]"), "model_attributes_type");
    EXPECT_EQ(client_.post("/later", "username=a&password=b").status(), Status::unprocessable_content);
    EXPECT_EQ(client_.post("/form").status(), Status::unprocessable_content);
}

TEST_F(Handlers, refuse_fields_that_come_twice) {
    const http::Response query = client_.get("/sum?x=1&x=2&y=3");
    EXPECT_EQ(query.status(), Status::unprocessable_content);
    EXPECT_NE(
        query.body().find(R"({"loc":["query","x"],"msg":"Field should be sent once","type":"repeated"})"),
        std::string_view::npos
    ) << query.body();
    EXPECT_EQ(client_.post("/order", "name=a&name=a").status(), Status::unprocessable_content);
}

TEST_F(Handlers, take_lists_from_forms_and_queries) {
    EXPECT_EQ(client_.post("/order", "extra=milk&name=tea&extra=sugar").body(), "tea+milk+sugar");
    EXPECT_EQ(client_.post("/order", "name=tea&extra=milk").body(), "tea+milk");
    EXPECT_EQ(client_.post("/order", "name=tea").body(), "tea");
    EXPECT_EQ(client_.get("/order?name=tea&extra=milk&extra=sugar").body(), "tea+milk+sugar");
}

// What is no handler is refused with a sentence by a static_assert, which looks at these.
static_assert(detail::Understood<decltype(&later)>);
static_assert(detail::Understood<Json (*)(Session&, const User&, const Query<Point>&)>);
static_assert(detail::Understood<decltype([]() noexcept { return "x"; })>);
static_assert(!detail::Understood<Json (*)(int)>);
static_assert(!detail::Understood<Json (*)(const std::string&)>);
static_assert(!detail::Understood<Json (*)(Point)>);
static_assert(!detail::Understood<Json (*)(User&)>);
static_assert(!detail::HasSignature<decltype([](auto&, auto&) { return "x"; })>);
static_assert(detail::Answers<Task<Json>> && detail::Answers<const char*> && !detail::Answers<int>);

TEST(HandlerTakes, is_checked_at_start) {
    App needs_session;
    needs_session.get("/", [](Session&) { return "x"; });
    App needs_user;
    needs_user.get("/", [](const User&) { return "x"; });

    EXPECT_NE(needs_session.start().error().context.find("app.use(sessions("), std::string::npos);
    EXPECT_NE(needs_user.start().error().context.find("nothing can tell who"), std::string::npos);
}

}  // namespace
}  // namespace cardea::web
