// SPDX-License-Identifier: Apache-2.0
// Tokens of a provider whose keys are fetched.
#include "cardea/web/bearer_jwt.h"

#include "cardea/oauth/remote_key_set.h"
#include "cardea/web/app.h"
#include "tests/support/app_client.h"
#include "tests/support/fake_http.h"

#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Status;
using testing::RawRequest;

class TokensOfAProvider : public ::testing::Test {
 protected:
    void SetUp() override {
        publish(first_);
        app_.use(authentication(bearer_jwt({.keys = keys_, .rules = rules()})));
        app_.get("/mine", requires_scopes("authenticated"), [](const User& user) { return user.id; });
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
    void publish(const jose::Jwk& key) { http_.on(uri_, jose::JwkSet({key}).to_json()); }
    jose::Jwk make_key() { return jose::generate_key(jose::JwsAlgorithm::es256, random_); }
    http::Response ask(const jose::Jwk& key) {
        jose::Claims claims;
        claims.issuer("https://id.example").audience("api").subject("ada");
        claims.expires_at(clock_.now() + std::chrono::hours(1));
        const std::string token = jose::sign_jwt(jose::SigningKey::make(key).value(), claims).value();
        return ask("Bearer " + token);
    }
    http::Response ask(const std::string& authorization) {
        return client_.send(RawRequest(http::Method::get, "/mine").with("Authorization", authorization));
    }
    [[nodiscard]] std::size_t fetches() const { return http_.times_asked(uri_); }

    const std::string uri_ = "https://id.example/jwks";
    FakeClock clock_;
    FakeRandom random_;
    testing::FakeHttp http_;
    jose::Jwk first_ = make_key();
    jose::Jwk second_ = make_key();
    std::shared_ptr<const oauth::RemoteKeySet> keys_ = std::make_shared<const oauth::RemoteKeySet>(
        http::parse_url(uri_).value(),
        oauth::RemoteKeySetOptions{.accepted = jose::JwsAlgorithm::es256},
        http_,
        clock_
    );
    App app_{{.clock = &clock_, .random = &random_}};
    testing::AppClient client_{app_};
};

TEST_F(TokensOfAProvider, are_verified_with_keys_that_are_fetched_once) {
    EXPECT_EQ(fetches(), 0U);

    EXPECT_EQ(ask(first_).body(), "ada");
    EXPECT_EQ(ask(first_).body(), "ada");

    EXPECT_EQ(fetches(), 1U);
}

TEST_F(TokensOfAProvider, go_on_when_it_changes_its_keys) {
    EXPECT_EQ(ask(first_).body(), "ada");
    publish(second_);

    EXPECT_EQ(ask(second_).body(), "ada");
    EXPECT_EQ(ask(first_).status(), Status::unauthorized);
}

TEST_F(TokensOfAProvider, are_refused_and_fetch_nothing_when_they_are_none) {
    EXPECT_EQ(ask("Bearer none").status(), Status::unauthorized);

    EXPECT_EQ(fetches(), 0U);
}

TEST_F(TokensOfAProvider, cannot_be_told_while_it_is_away) {
    http_.fail_on(uri_);
    EXPECT_EQ(ask(first_).status(), Status::service_unavailable);

    publish(first_);
    clock_.advance(std::chrono::seconds(5));
    EXPECT_EQ(ask(first_).body(), "ada");
}

}  // namespace
}  // namespace cardea::web
