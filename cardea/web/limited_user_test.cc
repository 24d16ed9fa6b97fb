// SPDX-License-Identifier: Apache-2.0
// A credential that stands for its scopes alone gives nobody a session or a token that is good for more.
#include "cardea/base/json_writer.h"
#include "cardea/web/app.h"
#include "cardea/web/bearer_sessions.h"
#include "cardea/web/sessions.h"
#include "cardea/web/tokens.h"
#include "tests/support/app_client.h"

#include <gtest/gtest.h>

#include <optional>

namespace cardea::web {
namespace {

using http::Method;
using http::Status;
using testing::AppClient;
using testing::RawRequest;

constexpr const char* secret = testing::app_secret;

User reader() {
    return {.id = "7", .name = "Ada", .scopes = {"orders:read"}, .is_limited = true};
}

/// What a client may do with a token, or with its cookies.
struct Shop {
    void open() {
        app.get("/orders", requires_scopes("orders:read"), [](const User& user) { return user.name; });
        app.get("/orders/new", requires_scopes("orders:write"), [](const User& user) { return user.name; });
        app.get("/all", requires_scopes("authenticated"), [](const User& user) { return user.name; });
        const Result<> started = app.start();
        ASSERT_TRUE(started) << started.error().context;
    }
    Status get(std::string_view path, std::string_view token = {}) {
        RawRequest request(Method::get, path);
        const std::string header = "Bearer " + std::string(token);
        return client.send(token.empty() ? request : request.with("Authorization", header)).status();
    }

    FakeClock clock;
    FakeRandom random;
    App app{{.clock = &clock, .random = &random}};
    AppClient client{app};
};

TEST(LimitedUser, stays_so_in_a_session) {
    for (const SessionFormat format :
         {SessionFormat::cardea, SessionFormat::flask, SessionFormat::starlette}) {
        for (const bool has_store : {false, true}) {
            Shop shop;
            SessionOptions options{.secret = SecretText(secret), .format = format};
            options.store = has_store && format == SessionFormat::cardea ? memory_store() : nullptr;
            shop.app.use(sessions(std::move(options)));
            shop.app.post("/sign-in", [](Session& session) {
                session.sign_in(reader());
                return "in";
            });
            shop.open();

            EXPECT_EQ(shop.client.post("/sign-in").body(), "in");

            EXPECT_EQ(shop.get("/orders"), Status::ok);
            EXPECT_EQ(shop.get("/all"), Status::forbidden);
        }
    }
}

Task<std::string> begin(const BearerSessions& sessions, Request& request) {
    User user = reader();
    const Result<SecretText> token = co_await sessions.begin(request, std::move(user));
    co_return token ? std::string(token->expose()) : token.error().context;
}

TEST(LimitedUser, stays_so_in_a_bearer_session) {
    const BearerSessions sessions;
    Shop shop;
    shop.app.use(authentication(sessions));
    shop.app.post("/sign-in", [&](Request& request) { return begin(sessions, request); });
    shop.open();

    const http::Response token = shop.client.post_json("/sign-in", "{}");

    EXPECT_EQ(shop.get("/orders", token.body()), Status::ok);
    EXPECT_EQ(shop.get("/all", token.body()), Status::forbidden);
}

/// A shop that gives tokens.
struct TokenShop : Shop {
    explicit TokenShop(TokenOptions options) : tokens(std::move(options)) {
        app.use(authentication(tokens));
        app.post("/token", [this](Request&) { return issue(); });
        open();
    }
    Task<Response> issue() const {
        User user = issued_for;
        const Result<TokenPair> pair = co_await tokens.issue(std::move(user));
        co_return to_json(*pair);
    }
    Json token() { return parse_json(client.post_json("/token", "{}").body()).value(); }
    Json refreshed(const Json& pair) {
        SecretText token(pair.find_text("refresh_token").value());
        return to_json(testing::run(tokens.refresh(std::move(token))).value());
    }
    static std::string access(const Json& pair) {
        return std::string(pair.find_text("access_token").value_or(""));
    }

    Tokens tokens;
    User issued_for = reader();
};

TEST(LimitedUser, stays_so_in_a_token) {
    TokenShop shop({.secret = SecretText(secret)});

    const std::string token = TokenShop::access(shop.token());

    EXPECT_EQ(shop.get("/orders", token), Status::ok);
    EXPECT_EQ(shop.get("/all", token), Status::forbidden);
}

TEST(LimitedUser, stays_so_whenever_the_token_is_refreshed) {
    TokenShop shop({.secret = SecretText(secret), .store = memory_store()});
    Json pair = shop.token();

    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(shop.get("/orders", TokenShop::access(pair)), Status::ok);
        EXPECT_EQ(shop.get("/all", TokenShop::access(pair)), Status::forbidden);
        pair = shop.refreshed(pair);
    }
}

Task<Result<std::optional<User>>> find_whole_person(std::string id) {
    co_return User{.id = id, .name = "Ada", .scopes = {"orders:read", "orders:write"}};
}

Task<Result<std::optional<User>>> find_person_without_rights(std::string id) {
    co_return User{.id = id, .name = "Ada", .scopes = {}};
}

TEST(LimitedUser, gets_nothing_more_and_keeps_what_the_person_still_may_when_the_rights_are_asked_for_anew) {
    TokenShop all({.secret = SecretText(secret), .store = memory_store(), .reload = find_whole_person});
    TokenShop none(
        {.secret = SecretText(secret), .store = memory_store(), .reload = find_person_without_rights}
    );

    const std::string of_whole_person = TokenShop::access(all.refreshed(all.token()));
    const std::string without_rights = TokenShop::access(none.refreshed(none.token()));

    EXPECT_EQ(all.get("/orders", of_whole_person), Status::ok);
    EXPECT_EQ(all.get("/orders/new", of_whole_person), Status::forbidden);
    EXPECT_EQ(all.get("/all", of_whole_person), Status::forbidden);
    EXPECT_EQ(none.get("/orders", without_rights), Status::forbidden);
    EXPECT_EQ(none.get("/all", without_rights), Status::forbidden);
}

TEST(LimitedUser, may_be_limited_to_being_signed_in) {
    TokenShop shop({.secret = SecretText(secret), .store = memory_store(), .reload = find_whole_person});
    shop.issued_for.scopes = {"authenticated"};

    const std::string token = TokenShop::access(shop.refreshed(shop.token()));

    EXPECT_EQ(shop.get("/all", token), Status::ok);
    EXPECT_EQ(shop.get("/orders", token), Status::forbidden);
}

}  // namespace
}  // namespace cardea::web
