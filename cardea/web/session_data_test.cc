// SPDX-License-Identifier: Apache-2.0
// What a session holds comes back, or is refused when it is written: no shape of it loses a session.
#include "cardea/base/json_writer.h"
#include "cardea/cookies/flask.h"
#include "cardea/web/sessions.h"
#include "tests/support/app_client.h"

#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Status;
using testing::AppClient;

constexpr const char* secret = testing::app_secret;

struct Kept {
    Json value;
    void fields(auto& field) { field("value", value); }
};

/// A program that keeps whatever it is sent.
struct Keeping {
    explicit Keeping(SessionOptions options) {
        app.use(sessions(std::move(options)));
        app.post("/sign-in", [](Session& session) {
            session.sign_in({.id = "7", .name = "Ada", .scopes = {}});
            return "in";
        });
        app.post("/keep", [](Session& session, const Body<Kept>& body) {
            session.set("kept", body.value);
            return "kept";
        });
        app.post("/fill", [this](Session& session) {
            for (int i = 0; i < names; ++i) {
                session.edit()["kept"][std::to_string(i)] = Json(std::int64_t{1});
            }
            return "kept";
        });
        app.post("/nest", [this](Session& session) {
            Json value(true);
            for (int i = 0; i < depth; ++i) {
                value = Json(Json::Array{std::move(value)});
            }
            session.set("kept", std::move(value));
            return "kept";
        });
        app.post("/note", [](Session& session) {
            session.set("note", "noted");
            return "noted";
        });
        app.get("/kept", [](Session& session) { return session.get<Json>("kept").value_or(Json()); });
        app.get("/who", [](Request& request) {
            return std::string(request.user() != nullptr ? request.user()->name : "nobody");
        });
        const Result<> started = app.start();
        EXPECT_TRUE(started) << started.error().context;
        client.post("/sign-in");
    }
    http::Response keep(std::string_view json) {
        return client.post_json("/keep", R"({"value":)" + std::string(json) + "}");
    }
    std::string kept() { return std::string(client.get("/kept").body()); }
    std::string who() { return std::string(client.get("/who").body()); }

    FakeClock clock;
    FakeRandom random;
    int names = 0;
    int depth = 0;
    App app{{.clock = &clock, .random = &random}};
    AppClient client{app};
};

/// In a cookie, in a store, and as a Python program reads it.
class SessionData : public ::testing::TestWithParam<int> {
 protected:
    static SessionOptions options() {
        SessionOptions options{.secret = SecretText(secret)};
        switch (GetParam()) {
            case 1:
                options.store = memory_store();
                break;
            case 2:
                options.protection = CookieProtection::signed_;
                break;
            case 3:
                options.format = SessionFormat::starlette;
                break;
            case 4:
                options.format = SessionFormat::flask;
                break;
            default:
                break;
        }
        return options;
    }

    Keeping program_{options()};
};
INSTANTIATE_TEST_SUITE_P(Everywhere, SessionData, ::testing::Range(0, 5));

std::string nested(int depth, std::string_view open, std::string_view close) {
    std::string text;
    for (int i = 0; i < depth; ++i) {
        text += open;
    }
    text += "true";
    for (int i = 0; i < depth; ++i) {
        text += close;
    }
    return text;
}

TEST_P(SessionData, may_have_many_names) {
    program_.names = 200;

    EXPECT_EQ(program_.client.post("/fill").body(), "kept");

    EXPECT_EQ(program_.who(), "Ada");
}

TEST(SessionDataInAStore, may_have_as_many_names_as_are_read_again) {
    Keeping program({.secret = SecretText(secret), .store = memory_store()});
    program.names = 1000;
    EXPECT_EQ(program.client.post("/fill").body(), "kept");
    EXPECT_EQ(program.who(), "Ada");

    program.names = 1001;
    EXPECT_EQ(program.client.post("/fill").status(), Status::content_too_large);
    EXPECT_EQ(program.who(), "Ada");
}

TEST_P(SessionData, may_be_as_deep_as_what_a_request_brings) {
    for (const auto& [open, close] : {std::pair("[", "]"), std::pair(R"({" t":)", "}")}) {
        const std::string deepest = nested(31, open, close);

        EXPECT_EQ(program_.keep(deepest).body(), "kept");

        EXPECT_EQ(program_.who(), "Ada");
        EXPECT_EQ(program_.kept(), deepest);
    }
}

TEST_P(SessionData, is_refused_where_it_could_not_be_read_again) {
    for (const int depth : {40, 60, 80, 95, 96, 97, 98, 99, 100, 1000}) {
        program_.depth = depth;
        const http::Response response = program_.client.post("/nest");

        EXPECT_TRUE(response.body() == "kept" || response.status() == Status::content_too_large) << depth;
        EXPECT_TRUE(depth < 100 || response.status() == Status::content_too_large) << depth;
        EXPECT_EQ(program_.who(), "Ada") << depth;
    }
}

/// A Flask application with the same secret.
class FlaskSessionData : public ::testing::Test {
 protected:
    void put(std::string_view session) {
        const Json json = parse_json(session).value();
        program_.client.cookies["session"] = flask_.encode(json, program_.clock.now()).value();
    }
    std::string kept() {
        const std::string& cookie = program_.client.cookies["session"];
        const Json session = flask_.decode(cookie, program_.clock.now()).value().value;
        return to_string(*session.find("data")->find("kept"));
    }

    Keeping program_{{.secret = SecretText(secret), .format = SessionFormat::flask}};
    cookies::FlaskSession flask_{cookies::SecretKeys::make(secret).value()};
};

TEST_F(FlaskSessionData, is_no_type_of_flask_at_any_depth) {
    const std::string sent =
        R"({"a":{" m":"\u003cimg>"},"b":[{" t":1},{" di":{" u__":[{" d":""}]}}],"c":{"t":1}})";

    EXPECT_EQ(program_.keep(sent).body(), "kept");

    EXPECT_EQ(
        kept(),
        R"({"a":{" di":{" m__":"\u003cimg>"}},"b":[{" di":{" t__":1}},)"
        R"({" di":{" di__":{" u__":[{" di":{" d__":""}}]}}}],"c":{"t":1}})"
    );
    EXPECT_EQ(program_.kept(), sent);
    EXPECT_EQ(program_.keep(R"({" m":"\u003cimg>"})").body(), "kept");
    EXPECT_EQ(kept(), R"({" di":{" m__":"\u003cimg>"}})");
}

TEST_F(FlaskSessionData, keeps_the_types_that_flask_put_there) {
    const std::string theirs =
        R"({"a":{" t":[1,{" m":"hi"},{" di":{" t__":2}}]},"b":[{" d":"Tue, 14 Nov 2023 22:13:20 GMT"}]})";
    put(R"({"data":{"kept":)" + theirs + R"(},"pair":{" t":[]}})");

    EXPECT_EQ(program_.client.post("/note").body(), "noted");

    EXPECT_EQ(kept(), theirs);
    EXPECT_EQ(
        program_.kept(),
        R"({"a":{" t":[1,{" m":"hi"},{" t":2}]},"b":[{" d":"Tue, 14 Nov 2023 22:13:20 GMT"}]})"
    );
}

TEST_F(FlaskSessionData, gets_no_type_of_flask_in_the_place_of_another_one) {
    put(R"({"data":{"kept":{" m":"hi"}}})");

    EXPECT_EQ(program_.keep(R"({" m":"bye"})").body(), "kept");

    EXPECT_EQ(kept(), R"({" di":{" m__":"bye"}})");
}

}  // namespace
}  // namespace cardea::web
