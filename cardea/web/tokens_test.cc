// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/tokens.h"

#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/web/app.h"
#include "tests/support/app_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Method;
using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawRequest;

constexpr const char* secret = testing::app_secret;

struct Refresh {
    SecretText refresh_token;
    void fields(auto& field) { field("refresh_token", refresh_token); }
};

Task<Response> issue(const Tokens& tokens) {
    User user{.id = "7", .name = "Ada", .scopes = {"read", "write"}};
    const Result<TokenPair> pair = co_await tokens.issue(std::move(user));
    Response response(to_json(*pair));
    std::ignore = tokens.put_into_cookies(response, *pair);  // where they have a name
    co_return response;
}

Task<Response> refresh_by_body(const Tokens& tokens, Request& request, Body<Refresh> body) {
    const Result<TokenPair> pair = co_await tokens.refresh(std::move(body.refresh_token));
    if (!pair) {
        co_return request.refuse(pair.error());
    }
    co_return to_json(*pair);
}

Task<Response> refresh_by_cookie(const Tokens& tokens, Request& request) {
    const Result<TokenPair> pair = co_await tokens.refresh(request);
    if (!pair) {
        co_return request.refuse(pair.error());
    }
    Response response("refreshed");
    const Result<> put = tokens.put_into_cookies(response, *pair);
    if (!put) {
        co_return request.refuse(put.error());
    }
    co_return response;
}

Task<Response> logout(const Tokens& tokens, Request& request) {
    const Result<> ended = co_await tokens.revoke(request);
    Response response(ended ? "out" : "failed");
    tokens.clear_cookies(response);
    co_return response;
}

Task<std::string> logout_everywhere(const Tokens& tokens, User user) {
    const Result<> ended = co_await tokens.revoke_all(std::move(user));
    co_return ended ? "out" : "failed";
}

/// An App with tokens, and what a client does with them.
struct Program {
    Program(TokenOptions options, const Clock& clock, Random& random)
        : tokens(std::move(options)), app({.clock = &clock, .random = &random}) {
        app.use(authentication(tokens));
        app.post("/login", [this](Request&) { return issue(tokens); });
        app.post("/refresh", [this](Request& request, Body<Refresh> body) {
            return refresh_by_body(tokens, request, std::move(body));
        });
        app.post("/refresh-by-cookie", [this](Request& request) {
            return refresh_by_cookie(tokens, request);
        });
        app.post("/logout", [this](Request& request) { return logout(tokens, request); });
        app.post("/logout-everywhere", [this](const User& user) { return logout_everywhere(tokens, user); });
        app.get("/me", requires_scopes({"authenticated", "write"}), [](const User& user) {
            return user.id + user.name;
        });
        const Result<> started = app.start();
        EXPECT_TRUE(started) << started.error().context;
    }

    Json login() { return parse_json(client.post_json("/login", "{}").body()).value(); }
    http::Response refresh(const Json& pair) {
        return client.post_json(
            "/refresh", to_string(json_object({{"refresh_token", text(pair, "refresh_token")}}))
        );
    }
    static std::string text(const Json& json, std::string_view name) {
        return std::string(json.find_text(name).value_or(""));
    }
    Status me(const std::string& token) {
        return client.send(RawRequest(Method::get, "/me").with("Authorization", "Bearer " + token)).status();
    }
    Status me(const Json& pair) { return me(text(pair, "access_token")); }

    Tokens tokens;
    App app;
    AppClient client{app};
};

class TokenKit : public ::testing::Test {
 protected:
    FakeClock clock_;
    FakeRandom random_;
    Program program_{{.secret = SecretText(secret), .store = memory_store()}, clock_, random_};
};

TEST_F(TokenKit, gives_a_pair_as_oauth_words_it) {
    const Json pair = program_.login();

    EXPECT_EQ(Program::text(pair, "token_type"), "bearer");
    EXPECT_EQ(pair.find("expires_in")->as_integer(), 900);
    EXPECT_EQ(program_.me(pair), Status::ok);
    EXPECT_EQ(program_.client.post_json("/login", "{}").header("Cache-Control"), "no-store");
}

TEST_F(TokenKit, lets_an_access_token_live_for_its_minutes) {
    const Json pair = program_.login();
    clock_.advance(std::chrono::minutes(15) - std::chrono::seconds(1));
    EXPECT_EQ(program_.me(pair), Status::ok);
    clock_.advance(std::chrono::seconds(1));
    EXPECT_EQ(program_.me(pair), Status::unauthorized);
}

TEST_F(TokenKit, takes_no_refresh_token_for_an_access_token_nor_the_reverse) {
    const Json pair = program_.login();

    EXPECT_EQ(program_.me(Program::text(pair, "refresh_token")), Status::unauthorized);
    EXPECT_EQ(
        program_.refresh(json_object({{"refresh_token", Program::text(pair, "access_token")}})).status(),
        Status::unauthorized
    );
    EXPECT_EQ(program_.me(pair), Status::ok);
}

TEST_F(TokenKit, rotates_the_refresh_token_and_leaves_the_access_token_alone) {
    const Json first = program_.login();
    const Json second = parse_json(program_.refresh(first).body()).value();

    EXPECT_NE(Program::text(second, "refresh_token"), Program::text(first, "refresh_token"));
    EXPECT_EQ(program_.me(second), Status::ok);
    EXPECT_EQ(program_.me(first), Status::ok);
    EXPECT_EQ(program_.refresh(second).status(), Status::ok);
}

TEST_F(TokenKit, ends_the_family_when_a_used_refresh_token_comes_back) {
    const Json stolen = program_.login();
    const Json other = program_.login();
    const Json mine = parse_json(program_.refresh(stolen).body()).value();

    EXPECT_EQ(program_.refresh(stolen).status(), Status::bad_request);

    EXPECT_EQ(program_.me(mine), Status::unauthorized);
    EXPECT_EQ(program_.refresh(mine).status(), Status::unauthorized);
    EXPECT_EQ(program_.me(other), Status::ok);
}

TEST_F(TokenKit, ends_a_refresh_token_that_nobody_used_and_a_family_at_its_absolute_end) {
    const Json unused = program_.login();
    clock_.advance(std::chrono::days(7));
    EXPECT_EQ(program_.refresh(unused).status(), Status::unauthorized);

    Json pair = program_.login();
    for (int i = 0; i < 4; ++i) {
        clock_.advance(std::chrono::days(6));
        pair = parse_json(program_.refresh(pair).body()).value();
    }
    clock_.advance(std::chrono::days(6));
    EXPECT_EQ(program_.refresh(pair).status(), Status::unauthorized);
}

TEST_F(TokenKit, revokes_at_once_what_was_signed_out) {
    const Json pair = program_.login();
    const std::string bearer = "Bearer " + Program::text(pair, "access_token");
    const RawRequest logout = RawRequest(Method::post, "/logout").with("Authorization", bearer);

    EXPECT_EQ(program_.client.send(logout).body(), "out");

    EXPECT_EQ(program_.me(pair), Status::unauthorized);
    EXPECT_EQ(program_.refresh(pair).status(), Status::unauthorized);
    EXPECT_EQ(program_.client.send(logout).body(), "out");
    EXPECT_EQ(program_.client.post_json("/logout", "{}").body(), "out");
}

TEST_F(TokenKit, revokes_every_family_of_a_user) {
    const Json phone = program_.login();
    const Json laptop = program_.login();
    const std::string bearer = "Bearer " + Program::text(phone, "access_token");

    program_.client.send(RawRequest(Method::post, "/logout-everywhere").with("Authorization", bearer));

    EXPECT_EQ(program_.me(phone), Status::unauthorized);
    EXPECT_EQ(program_.me(laptop), Status::unauthorized);
}

TEST_F(TokenKit, refuses_tokens_that_were_changed_or_made_by_others) {
    const std::string token = Program::text(program_.login(), "access_token");
    Program foreign(
        {.secret = SecretText("8Jw0pQe4tKxLmC2vNs6RyZ1hUfDgA3bE"), .store = memory_store()}, clock_, random_
    );
    Program elsewhere({.secret = SecretText(secret), .store = memory_store()}, clock_, random_);

    EXPECT_EQ(foreign.me(token), Status::unauthorized);
    EXPECT_EQ(elsewhere.me(token), Status::unauthorized);  // whose store has no such family
    std::string changed = token;
    changed[token.find('.') + 10] ^= 1;
    EXPECT_EQ(program_.me(changed), Status::unauthorized);
    EXPECT_EQ(program_.me("eyJhbGciOiJub25lIn0." + token.substr(token.find('.') + 1)), Status::unauthorized);
}

/// What a program knows of its user by now.
struct Directory {
    std::optional<User> user = User{.id = "7", .name = "Ada", .scopes = {"read", "write"}};
    std::optional<Errc> outage;

    Task<Result<std::optional<User>>> find(std::string id) {
        if (outage || id != "7") {
            co_return fail(outage.value_or(Errc::internal));
        }
        co_return user;
    }
};

class TokensThatReload : public TokenKit {
 protected:
    Json refreshed(const Json& pair) { return parse_json(reloading_.refresh(pair).body()).value(); }

    Directory directory_;
    Program reloading_{
        {.secret = SecretText(secret),
         .store = memory_store(),
         .reload = [this](std::string id) { return directory_.find(std::move(id)); }},
        clock_,
        random_
    };
};

TEST_F(TokensThatReload, give_the_rights_of_today) {
    Json pair = reloading_.login();
    EXPECT_EQ(reloading_.me(pair), Status::ok);

    directory_.user->scopes = {"read"};
    pair = refreshed(pair);
    EXPECT_EQ(reloading_.me(pair), Status::forbidden);

    directory_.user->scopes = {"write"};
    pair = refreshed(pair);
    EXPECT_EQ(reloading_.me(pair), Status::ok);
    EXPECT_EQ(reloading_.me(refreshed(pair)), Status::ok);
}

TEST_F(TokensThatReload, end_with_their_user) {
    const Json gone = reloading_.login();
    directory_.user.reset();
    EXPECT_EQ(reloading_.refresh(gone).status(), Status::unauthorized);
    EXPECT_EQ(reloading_.me(gone), Status::unauthorized);

    directory_.user = User{.id = "8", .name = "Somebody else", .scopes = {"write"}};
    const Json other = reloading_.login();
    EXPECT_EQ(reloading_.refresh(other).status(), Status::unauthorized);
    EXPECT_EQ(reloading_.me(other), Status::unauthorized);
}

TEST_F(TokensThatReload, stay_good_while_nobody_can_tell) {
    const Json pair = reloading_.login();
    directory_.outage = Errc::store_unavailable;
    EXPECT_EQ(reloading_.refresh(pair).status(), Status::service_unavailable);
    directory_.outage.reset();
    EXPECT_EQ(reloading_.refresh(pair).status(), Status::ok);
}

TEST(TokenAudience, keeps_programs_apart_that_share_a_secret_and_an_origin) {
    FakeClock clock;
    FakeRandom random;
    Program books({.secret = SecretText(secret), .audience = "books"}, clock, random);
    Program films({.secret = SecretText(secret), .audience = "films"}, clock, random);
    Program more_books({.secret = SecretText(secret), .audience = "books"}, clock, random);
    const Json pair = books.login();

    EXPECT_EQ(films.me(pair), Status::unauthorized);
    EXPECT_EQ(more_books.me(pair), Status::ok);
}

TEST(TokensWithoutStore, are_access_tokens_alone) {
    FakeClock clock;
    FakeRandom random;
    Program program({.secret = SecretText(secret), .access = std::chrono::hours(24)}, clock, random);
    const Json pair = program.login();

    EXPECT_EQ(pair.find("refresh_token"), nullptr);
    EXPECT_EQ(pair.find("expires_in")->as_integer(), 86'400);
    EXPECT_EQ(program.me(pair), Status::ok);
    EXPECT_EQ(program.refresh(pair).status(), Status::internal_server_error);
}

TEST(TokensWithoutStore, are_checked_without_waiting) {
    FakeClock clock;
    FakeRandom random;
    Program program({.secret = SecretText(secret)}, clock, random);
    const std::string good = "Bearer " + Program::text(program.login(), "access_token");
    const std::string forged = good + "A";

    const std::optional<http::Response> answer =
        program.app.answer_at_once(RawRequest(Method::get, "/me").with("Authorization", good));
    const std::optional<http::Response> refusal =
        program.app.answer_at_once(RawRequest(Method::get, "/me").with("Authorization", forged));

    ASSERT_TRUE(answer && refusal);
    EXPECT_EQ(answer->body(), "7Ada");
    EXPECT_EQ(refusal->status(), Status::unauthorized);
    EXPECT_EQ(refusal->header("WWW-Authenticate"), R"(Bearer error="invalid_token")");
}

class TokensInCookies : public TokenKit {
 protected:
    Program browser_{
        {.secret = SecretText(secret), .store = memory_store(), .cookie_name = "token"}, clock_, random_
    };
};

TEST_F(TokensInCookies, open_for_a_browser_what_a_header_opens) {
    const Json pair = browser_.login();

    EXPECT_THAT(
        browser_.client.set_cookie_lines[0], HasSubstr("; Path=/; HttpOnly; SameSite=Lax; Max-Age=900")
    );
    EXPECT_THAT(browser_.client.set_cookie_lines[1], HasSubstr("SameSite=Strict; Max-Age=604800"));
    EXPECT_EQ(browser_.client.get("/me").body(), "7Ada");
    EXPECT_EQ(browser_.me(pair), Status::bad_request);  // cookie and header at once
    browser_.client.cookies.clear();
    EXPECT_EQ(browser_.me(pair), Status::ok);
}

TEST_F(TokensInCookies, bring_csrf_protection_with_them) {
    browser_.login();
    browser_.client.fetch_site = "cross-site";
    EXPECT_EQ(browser_.client.post("/logout").status(), Status::forbidden);
    browser_.client.fetch_site = "same-origin";
    EXPECT_EQ(browser_.client.post("/logout").status(), Status::ok);
    EXPECT_TRUE(browser_.client.cookies.empty());
    EXPECT_EQ(browser_.client.get("/me").status(), Status::unauthorized);
}

TEST_F(TokensInCookies, are_refreshed_by_cookie) {
    browser_.login();
    const std::string used = browser_.client.cookies["token_refresh"];
    clock_.advance(std::chrono::minutes(20));
    browser_.client.cookies.erase("token");  // as a browser does at the end of Max-Age
    EXPECT_EQ(browser_.client.post("/refresh-by-cookie").status(), Status::ok);
    EXPECT_EQ(browser_.client.get("/me").status(), Status::ok);

    browser_.client.cookies["token_refresh"] = used;

    EXPECT_EQ(browser_.client.post("/refresh-by-cookie").status(), Status::bad_request);
    EXPECT_EQ(browser_.client.get("/me").status(), Status::unauthorized);
}

TEST_F(TokensInCookies, are_revoked_by_the_refresh_cookie_alone) {
    browser_.login();
    const std::string copied = browser_.client.cookies["token_refresh"];
    clock_.advance(std::chrono::minutes(20));
    browser_.client.cookies.erase("token");  // as a browser does at the end of Max-Age
    EXPECT_EQ(browser_.client.post("/logout").body(), "out");

    browser_.client.cookies["token_refresh"] = copied;

    EXPECT_EQ(browser_.client.post("/refresh-by-cookie").status(), Status::unauthorized);
}

TEST(TokenOptions, that_are_wrong_do_not_start) {
    const auto start = [](TokenOptions options) {
        App app;
        app.use(authentication(Tokens(std::move(options))));
        return app.start().error().context;
    };

    EXPECT_THAT(start({}), HasSubstr("root secret"));
    EXPECT_THAT(start({.secret = SecretText("short")}), HasSubstr("32 characters"));
    EXPECT_THAT(start({.secret = SecretText(secret), .cookie_name = "a b"}), HasSubstr("cookie name"));
    EXPECT_THAT(
        start({.secret = SecretText(secret), .store = memory_store(), .refresh = std::chrono::days(60)}),
        HasSubstr("idle time")
    );
}

}  // namespace
}  // namespace cardea::web
