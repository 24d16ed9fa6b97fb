// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/bearer_sessions.h"

#include "cardea/web/app.h"
#include "tests/support/app_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Method;
using http::Response;
using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using testing::RawRequest;

Task<std::string> login(const BearerSessions& sessions, Request& request) {
    User user{.id = "1", .name = "Ada", .scopes = {}};
    const Result<SecretText> token = co_await sessions.begin(request, std::move(user));
    if (!token) {
        co_return token.error().context;
    }
    co_return std::string(token->expose());
}

Task<std::string> logout(const BearerSessions& sessions, Request& request) {
    const Result<> ended = co_await sessions.end(request);
    co_return ended ? "out" : "failed";
}

class BearerSession : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.use(authentication(sessions_));
        app_.post("/login", [this](Request& request) { return login(sessions_, request); });
        app_.post("/logout", [this](Request& request) { return logout(sessions_, request); });
        app_.get("/me", requires_scopes("authenticated"), [](const User& user) { return user.name; });
        ASSERT_TRUE(app_.start());
    }

    Response send(Method method, std::string_view path, const std::string& token) {
        return client_.send(RawRequest(method, path).with("Authorization", "Bearer " + token));
    }

    FakeClock clock_;
    FakeRandom random_;
    BearerSessions sessions_;
    App app_{{.clock = &clock_, .random = &random_}};
    AppClient client_{app_};
};

TEST_F(BearerSession, lasts_from_the_login_to_the_logout) {
    const std::string token(client_.post("/login").body());
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(send(Method::get, "/me", token).body(), "Ada");

    EXPECT_EQ(send(Method::post, "/logout", token).body(), "out");

    const Response response = send(Method::get, "/me", token);
    EXPECT_EQ(response.status(), Status::unauthorized);
    EXPECT_EQ(response.header("WWW-Authenticate"), R"(Bearer error="invalid_token")");
    EXPECT_THAT(std::string(response.body()), HasSubstr(R"("detail":"Invalid session")"));
    EXPECT_EQ(send(Method::post, "/logout", token).body(), "out");
}

TEST_F(BearerSession, ends_when_nobody_uses_it_and_at_its_absolute_end) {
    const std::string idle(client_.post("/login").body());
    clock_.advance(std::chrono::hours(1));
    EXPECT_EQ(send(Method::get, "/me", idle).status(), Status::unauthorized);

    const std::string used(client_.post("/login").body());
    for (int i = 0; i < 47; ++i) {
        clock_.advance(std::chrono::minutes(30));
        EXPECT_EQ(send(Method::get, "/me", used).status(), Status::ok) << i;
    }
    clock_.advance(std::chrono::minutes(30));
    EXPECT_EQ(send(Method::get, "/me", used).status(), Status::unauthorized);
}

TEST_F(BearerSession, is_taken_from_no_other_place) {
    const std::string token(client_.post("/login").body());
    client_.cookies["session"] = token;

    EXPECT_EQ(client_.get("/me").status(), Status::unauthorized);
    EXPECT_EQ(client_.get("/me?token=" + token).status(), Status::unauthorized);
    EXPECT_EQ(send(Method::get, "/me", token + "A").status(), Status::unauthorized);
}

TEST(BearerSessionsAlone, say_that_no_app_uses_them) {
    const BearerSessions sessions;
    App app;
    app.post("/login", [&](Request& request) { return login(sessions, request); });
    ASSERT_TRUE(app.start());

    EXPECT_THAT(std::string(AppClient(app).post("/login").body()), HasSubstr("app.use(authentication("));
}

}  // namespace
}  // namespace cardea::web
