// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/authentication.h"

#include "cardea/base/base64url.h"
#include "cardea/jose/jwk.h"
#include "cardea/stores/memory_api_key_store.h"
#include "cardea/web/api_keys.h"
#include "cardea/web/app.h"
#include "cardea/web/bearer_jwt.h"
#include "cardea/web/http_basic.h"
#include "cardea/web/sessions.h"
#include "tests/support/app_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace cardea::web {
namespace {

using http::Method;
using http::Response;
using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using testing::RawRequest;

constexpr const char* secret = testing::app_secret;

std::string who(Request& request) {
    return request.user() != nullptr ? request.user()->name : "nobody";
}

Task<Result<User>> check_password(std::string name, SecretText password) {
    if (name != "ada" || password.expose() != "pass:word") {
        co_return fail(Errc::credentials_wrong);
    }
    co_return User{.id = "1", .name = "Ada", .scopes = {}};
}

/// One program behind every ready backend, and sessions.
class Authenticating : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.use(sessions({.secret = SecretText(secret)}));
        app_.use(authentication(
            bearer_jwt({.keys = keys_, .rules = rules()}),
            api_keys({{"key-abc123", {.id = "reports", .name = "Reports", .scopes = {"read"}}}}),
            http_basic(check_password, "Test program")
        ));
        app_.get("/open", who);
        app_.get("/mine", requires_scopes("authenticated"), who);
        app_.get("/read", requires_scopes("read"), who);
        app_.get("/page", requires_scopes("authenticated", {.redirect = "/login"}), who);
        app_.get("/login", who);
        app_.get("/static", [] { return "static"; }).anonymous();
        app_.post("/change", requires_scopes("authenticated"), who);
        app_.get("/by-hand", [] { return Response(Status::unauthorized); });
        app_.post("/sign-in", [](Session& session) {
            session.sign_in({.id = "2", .name = "Grace", .scopes = {}});
            return "in";
        });
        const Result<> started = app_.start();
        ASSERT_TRUE(started) << started.error().context;
    }

    static jose::JwtRules rules() {
        return {
            .algorithms = jose::JwsAlgorithm::es256,
            .issuer = jose::Accepted::only("https://id.example"),
            .audience = jose::Accepted::only("api"),
        };
    }
    [[nodiscard]] std::string token(std::string_view scope = "") const {
        jose::Claims claims;
        claims.issuer("https://id.example").audience("api").subject("7");
        claims.set("name", Json(std::string("Alan"))).set("scope", Json(std::string(scope)));
        claims.expires_at(clock_.now() + std::chrono::minutes(5));
        return jose::sign_jwt(jose::SigningKey::make(jwk_).value(), claims).value();
    }
    static std::string basic(std::string_view pair) { return "Basic " + base64_encode(as_bytes(pair)); }
    Response send(Method method, std::string_view path, std::string_view name, const std::string& value) {
        return client_.send(RawRequest(method, path).with(name, value));
    }
    Response get(std::string_view path, std::string_view name, const std::string& value) {
        return send(Method::get, path, name, value);
    }

    SystemRandom system_;
    FakeClock clock_;
    FakeRandom random_;
    jose::Jwk jwk_ = jose::generate_key(jose::JwsAlgorithm::es256, system_);
    std::shared_ptr<const jose::KeySet> keys_ =
        std::make_shared<const jose::KeySet>(jose::VerificationKey::make(jwk_).value());
    App app_{{.clock = &clock_, .random = &random_}};
    AppClient client_{app_};
};

TEST_F(Authenticating, lets_one_guard_take_a_token_a_key_a_password_and_a_cookie) {
    EXPECT_EQ(get("/mine", "Authorization", "Bearer " + token()).body(), "Alan");
    EXPECT_EQ(get("/mine", "Authorization", "bearer  " + token()).body(), "Alan");
    EXPECT_EQ(get("/mine", "X-API-Key", "key-abc123").body(), "Reports");
    EXPECT_EQ(get("/mine", "Authorization", basic("ada:pass:word")).body(), "Ada");
    client_.post("/sign-in");
    EXPECT_EQ(client_.get("/mine").body(), "Grace");
}

TEST_F(Authenticating, asks_for_what_it_takes) {
    const Response response = client_.get("/mine");

    EXPECT_EQ(response.status(), Status::unauthorized);
    EXPECT_EQ(
        response.header("WWW-Authenticate"), "Bearer, APIKey, Basic realm=\"Test program\", charset=\"UTF-8\""
    );
    EXPECT_EQ(client_.get("/by-hand").header("WWW-Authenticate"), response.header("WWW-Authenticate"));
}

TEST_F(Authenticating, says_that_a_token_is_not_good_and_not_why) {
    const std::string stale = token();
    clock_.advance(std::chrono::minutes(5));
    for (const std::string& text : {stale, std::string("nope"), std::string(), stale + "A"}) {
        const Response response = get("/mine", "Authorization", "Bearer " + text);
        EXPECT_EQ(response.status(), Status::unauthorized) << text;
        EXPECT_EQ(response.header("WWW-Authenticate"), R"(Bearer error="invalid_token")");
        EXPECT_THAT(std::string(response.body()), HasSubstr(R"("detail":"Could not validate credentials")"));
    }
    const Response key = get("/mine", "X-API-Key", "key-abc124");
    EXPECT_EQ(key.header("WWW-Authenticate"), "APIKey");
    EXPECT_THAT(std::string(key.body()), HasSubstr(R"("detail":"Invalid API key")"));
    EXPECT_EQ(get("/page", "Authorization", "Bearer nope").status(), Status::see_other);
}

TEST_F(Authenticating, takes_a_bad_credential_for_nobody_where_nobody_may_come) {
    EXPECT_EQ(get("/open", "Authorization", "Bearer nope").body(), "nobody");
    EXPECT_EQ(get("/static", "Authorization", "Bearer nope").body(), "static");
    EXPECT_EQ(get("/open", "Authorization", "Digest x").body(), "nobody");
}

TEST_F(Authenticating, refuses_two_credentials_whatever_they_are_worth) {
    const auto both = [&](const std::string& authorization, const std::string& key) {
        const RawRequest request =
            RawRequest(Method::get, "/open").with("Authorization", authorization).with("X-API-Key", key);
        return client_.send(request).status();
    };
    EXPECT_EQ(both("Bearer " + token(), "key-abc123"), Status::bad_request);
    EXPECT_EQ(both("Bearer nope", "nope"), Status::bad_request);
    EXPECT_EQ(both(basic("ada:pass:word"), "nope"), Status::bad_request);

    client_.post("/sign-in");

    EXPECT_EQ(get("/open", "Authorization", "Bearer " + token()).status(), Status::bad_request);
}

TEST_F(Authenticating, tells_a_program_which_scope_its_token_lacks) {
    EXPECT_EQ(get("/read", "Authorization", "Bearer " + token("write read")).status(), Status::ok);
    EXPECT_EQ(get("/read", "X-API-Key", "key-abc123").status(), Status::ok);

    const Response response = get("/read", "Authorization", "Bearer " + token("readers"));

    EXPECT_EQ(response.status(), Status::forbidden);
    EXPECT_EQ(response.header("WWW-Authenticate"), R"(Bearer error="insufficient_scope", scope="read")");
}

TEST_F(Authenticating, exempts_from_csrf_by_what_authenticated) {
    client_.fetch_site = "cross-site";
    EXPECT_EQ(send(Method::post, "/change", "Authorization", "Bearer " + token()).status(), Status::ok);
    EXPECT_EQ(send(Method::post, "/change", "X-API-Key", "key-abc123").status(), Status::ok);
    EXPECT_EQ(send(Method::post, "/sign-in", "Authorization", "Bearer nope").status(), Status::forbidden);
}

TEST_F(Authenticating, with_basic_refuses_what_another_site_made_a_browser_send) {
    client_.fetch_site = "";
    EXPECT_EQ(send(Method::post, "/change", "Authorization", basic("ada:pass:word")).status(), Status::ok);
    client_.fetch_site = "cross-site";
    EXPECT_EQ(
        send(Method::post, "/change", "Authorization", basic("ada:pass:word")).status(), Status::forbidden
    );
}

TEST_F(Authenticating, with_basic_survives_what_is_no_name_and_password) {
    for (const std::string& value :
         {std::string("Basic "),
          std::string("Basic ===="),
          std::string("Basic YWRh"),
          basic("ada"),
          basic("\xff:x"),
          basic("ada:wrong"),
          basic(std::string(5000, 'a') + ":x"),
          basic("ada:pass:word") + "="}) {
        EXPECT_EQ(get("/mine", "Authorization", value).status(), Status::unauthorized) << value;
    }
}

TEST_F(Authenticating, describes_its_schemes) {
    App app;
    app.use(authentication(api_keys({{"key-abc123", {.id = "a", .name = "", .scopes = {}}}})));
    app.get("/data", requires_scopes("authenticated"), who);
    app.openapi({.title = "Data", .version = "1"});
    ASSERT_TRUE(app.start());

    const std::string document(AppClient(app).get("/openapi.json").body());

    EXPECT_THAT(document, HasSubstr(R"("api_key":{"type":"apiKey","in":"header","name":"X-API-Key"})"));
    EXPECT_THAT(document, HasSubstr(R"("security":[{"api_key":[]}])"));
}

TEST(ApiKeySettings, that_are_not_set_do_not_start) {
    App app;
    app.use(authentication(api_keys({{env("CARDEA_NO_SUCH_KEY"), {.id = "a", .name = "", .scopes = {}}}})));

    EXPECT_THAT(app.start().error().context, HasSubstr("CARDEA_NO_SUCH_KEY is not set"));
}

std::string start_with(std::vector<KnownApiKey> keys) {
    App app;
    app.use(authentication(api_keys(std::move(keys))));
    const Result<> started = app.start();
    return started ? "started" : started.error().context;
}

TEST(ApiKeySettings, that_are_short_or_the_same_do_not_start) {
    ::setenv("CARDEA_TEST_KEY", "0123456789abcdef0123456789abcde", 1);
    EXPECT_THAT(
        start_with({{env("CARDEA_TEST_KEY"), {.id = "a", .name = "", .scopes = {}}}}), HasSubstr("too short")
    );
    ::setenv("CARDEA_TEST_KEY", "0123456789abcdef0123456789abcdef", 1);
    const KnownApiKey a(env("CARDEA_TEST_KEY"), {.id = "a", .name = "", .scopes = {}});
    const KnownApiKey b(env("CARDEA_TEST_KEY"), {.id = "b", .name = "", .scopes = {}});
    EXPECT_EQ(start_with({a}), "started");
    EXPECT_THAT(start_with({a, b}), HasSubstr("a and b have the same API key"));
    ::unsetenv("CARDEA_TEST_KEY");
}

TEST(BearerJwtOptions, without_keys_do_not_start) {
    App app;
    app.use(authentication(bearer_jwt({
        .keys = nullptr,
        .rules =
            {.algorithms = jose::JwsAlgorithm::es256,
             .issuer = jose::Accepted::only("https://id.example"),
             .audience = jose::Accepted::only("api")},
    })));

    EXPECT_THAT(app.start().error().context, HasSubstr("bearer_jwt: .keys is empty"));
}

TEST_F(Authenticating, with_several_issuers_makes_one_id_of_issuer_and_subject) {
    const auto start = [this](UserOfClaims user) {
        jose::JwtRules several = rules();
        several.issuer = jose::Accepted::one_of({"https://id.example", "https://other.example"});
        App app({.clock = &clock_, .random = &random_});
        app.use(authentication(bearer_jwt({.keys = keys_, .rules = several, .user = std::move(user)})));
        const Result<> started = app.start();
        return started ? "started" : started.error().context;
    };

    EXPECT_THAT(start({}), HasSubstr("id of iss and sub"));
    EXPECT_EQ(
        start([](const jose::VerifiedClaims& claims) -> Result<User> {
            return User{
                .id = std::string(*claims.issuer()).append(*claims.subject()), .name = "", .scopes = {}
            };
        }),
        "started"
    );
}

TEST(BasicRealm, that_cannot_stand_in_a_header_does_not_start) {
    App app;
    app.use(authentication(http_basic(check_password, "a \"realm\"")));

    EXPECT_FALSE(app.start());
}

class Owners final : public apikey::Owners {
 public:
    Task<Result<std::shared_ptr<const apikey::Owner>>> load(const apikey::ApiKeyRecord&) override {
        if (failure) {
            co_return fail(*failure);
        }
        co_return std::make_shared<const apikey::Owner>();
    }
    Task<> note_refusal(const apikey::ApiKeyRecord&, Errc) override { co_return; }

    std::optional<Errc> failure;
};

class IssuedApiKeys : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.use(authentication(api_keys(service_, [](const apikey::LiveKey& key) {
            return User{.id = key.account().to_string(), .name = key.record().name, .scopes = {}};
        })));
        app_.get("/data", requires_scopes("authenticated"), who);
        ASSERT_TRUE(app_.start());
    }
    apikey::IssuedApiKey issue() {
        apikey::NewApiKey wish;
        wish.account = AccountId::make(random_);
        wish.name = "backup";
        return testing::run(service_.issue(std::move(wish))).value();
    }
    Response ask(const apikey::IssuedApiKey& issued) {
        const SecretText text = issued.key.text();
        return client_.send(RawRequest(Method::get, "/data").with("X-API-Key", text.expose()));
    }

    FakeClock clock_;
    FakeRandom random_;
    stores::MemoryApiKeyStore store_;
    Owners owners_;
    apikey::ApiKeyService service_{{store_, owners_, clock_, random_}};
    App app_{{.clock = &clock_, .random = &random_}};
    AppClient client_{app_};
};

TEST_F(IssuedApiKeys, open_until_they_are_revoked) {
    const apikey::IssuedApiKey issued = issue();

    EXPECT_EQ(ask(issued).body(), "backup");
    ASSERT_TRUE(testing::run(service_.revoke(issued.record.account, issued.record.id, std::nullopt)).value());
    EXPECT_EQ(ask(issued).status(), Status::unauthorized);
}

TEST_F(IssuedApiKeys, that_cannot_be_looked_up_are_not_called_wrong) {
    const apikey::IssuedApiKey issued = issue();
    const std::map<Errc, Status> answers{
        {Errc::store_unavailable, Status::service_unavailable},
        {Errc::busy, Status::service_unavailable},
        {Errc::store_corrupt, Status::internal_server_error},
        {Errc::internal, Status::internal_server_error},
        {Errc::account_disabled, Status::unauthorized},
        {Errc::not_found, Status::unauthorized},
    };
    for (const auto& [code, status] : answers) {
        owners_.failure = code;
        service_.drop_cached();
        EXPECT_EQ(ask(issued).status(), status) << name(code);
    }
}

}  // namespace
}  // namespace cardea::web
