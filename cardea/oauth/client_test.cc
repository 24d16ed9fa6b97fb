// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/client.h"

#include "cardea/base/base64url.h"
#include "cardea/crypto/sha256.h"
#include "cardea/http/query.h"
#include "tests/support/fake_http.h"
#include "tests/support/run_task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace cardea::oauth {
namespace {

using testing::FakeHttp;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;
using testing::run_all;

/// An OpenID provider of a few lines, and a client of it.
class OAuthClient : public ::testing::Test {
 protected:
    OAuthClient() {
        publish_metadata();
        publish_keys();
        http_.on("https://id.example/token", [this](const http::ClientRequest& request) {
            return answer_token_request(request);
        });
        http_.on("https://id.example/me", R"({"sub":"42","email":"ada@example.com","email_verified":true})");
        make_client();
    }

    static ProviderOptions options() {
        return openid_provider(
            "https://id.example", {"client-1", SecretText("a secret"), "https://app.example/callback"}
        );
    }
    void make_client() { client_ = Client::make(options(), {http_, keyring_, clock_, random_}).value(); }
    void publish_metadata(std::string_view more = "") {
        http_.on(
            "https://id.example/.well-known/openid-configuration",
            R"({"issuer":"https://id.example","authorization_endpoint":"https://id.example/auth",)"
            R"("token_endpoint":"https://id.example/token","jwks_uri":"https://id.example/jwks",)"
            R"("userinfo_endpoint":"https://id.example/me","end_session_endpoint":"https://id.example/out")" +
                std::string(more) + "}"
        );
    }
    void publish_keys() { http_.on("https://id.example/jwks", jose::JwkSet({jwk_}).to_json()); }

    Result<http::ClientResponse> answer_token_request(const http::ClientRequest& request) {
        const http::Fields form = http::parse_fields(request.body().expose()).value();
        if (form.text("grant_type") == "refresh_token") {
            return FakeHttp::json(refresh_answer_);
        }
        const std::string challenge = base64url_encode(crypto::sha256(as_bytes(form.text("code_verifier"))));
        if (!codes_.erase(std::string(form.text("code"))) || challenge != challenge_) {
            return FakeHttp::json(R"({"error":"invalid_grant"})", 400);
        }
        return FakeHttp::json(
            R"({"access_token":"at","token_type":"Bearer","refresh_token":"rt","id_token":")" + id_token() +
            "\"}"
        );
    }
    std::string id_token(std::string subject = "42") {
        auto claims = jose::Claims()
                          .issuer("https://id.example")
                          .subject(std::move(subject))
                          .audience("client-1")
                          .issued_at(clock_.now())
                          .expires_at(clock_.now() + std::chrono::minutes(5))
                          .set("nonce", Json(nonce_));
        if (auth_time_) {
            const auto since = std::chrono::floor<std::chrono::seconds>(auth_time_->time_since_epoch());
            claims.set("auth_time", Json(std::int64_t{since.count()}));
        }
        return jose::sign_jwt(jose::SigningKey::make(jwk_).value(), claims).value();
    }

    /// Begins a sign-in in a browser, consents at the provider, and returns the query that comes back.
    std::string consent(std::string browser, AuthorizationOptions options = {}) {
        const std::string url =
            run(client_->begin_authorization(std::move(options), std::move(browser))).value();
        const http::Fields asked = http::parse_fields(http::parse_url(url)->query().value()).value();
        challenge_ = asked.text("code_challenge");
        nonce_ = asked.text("nonce");
        const std::string code = "code-" + std::to_string(++consents_);
        codes_.insert(code);
        std::string query;
        http::append_field(query, "code", code);
        http::append_field(query, "state", asked.text("state"));
        return query;
    }
    Result<SignedIn> finish(std::string query, std::string browser) {
        return run(client_->finish_authorization(std::move(query), std::move(browser)));
    }
    Errc refusal(std::string query, std::string browser) {
        const Result<SignedIn> signed_in = finish(std::move(query), std::move(browser));
        return signed_in ? Errc::internal : signed_in.error().code;
    }

    FakeClock clock_;
    FakeRandom random_;
    FakeHttp http_;
    crypto::Keyring keyring_ =
        crypto::Keyring::parse("correct-horse-battery-staple-0123456789-abcdef").value();
    jose::Jwk jwk_ = jose::generate_key(jose::JwsAlgorithm::es256, random_);
    std::set<std::string> codes_;
    std::string challenge_;
    std::string nonce_;
    std::optional<Time> auth_time_;
    std::string refresh_answer_;
    int consents_ = 0;
    std::unique_ptr<Client> client_;
};

TEST_F(OAuthClient, asks_for_a_recent_sign_in_and_believes_only_the_id_token) {
    const auto come_back = [&](std::optional<Duration> signed_in_before) {
        AuthorizationOptions asked;
        asked.max_age = std::chrono::seconds(60);
        const std::string query = consent("the first browser", std::move(asked));
        auth_time_ = std::nullopt;
        if (signed_in_before) {
            auth_time_ = clock_.now() - *signed_in_before;
        }
        clock_.advance(std::chrono::minutes(20));  // so long the person may take there
        return refusal(query, "the first browser");
    };

    EXPECT_EQ(come_back(std::nullopt), Errc::step_up_required);
    EXPECT_EQ(come_back(std::chrono::seconds(121)), Errc::step_up_required);
    EXPECT_EQ(come_back(std::chrono::seconds(119)), Errc::internal);  // which stands for none
    EXPECT_EQ(come_back(-std::chrono::seconds(5)), Errc::internal);
}

TEST_F(OAuthClient, says_in_the_url_how_old_a_sign_in_may_be) {
    AuthorizationOptions asked;
    asked.max_age = std::chrono::seconds(60);

    const std::string url = run(client_->begin_authorization(std::move(asked), "the first browser")).value();

    EXPECT_THAT(url, HasSubstr("&max_age=60"));
    EXPECT_THAT(
        run(client_->begin_authorization({}, "the first browser")).value(), Not(HasSubstr("max_age"))
    );
}

TEST_F(OAuthClient, asks_github_for_no_recent_sign_in_which_it_could_not_prove) {
    const auto client = Client::make(
                            github({"client-1", SecretText("a secret"), "https://app.example/callback"}),
                            {http_, keyring_, clock_, random_}
    )
                            .value();
    AuthorizationOptions asked;
    asked.max_age = std::chrono::seconds(60);

    EXPECT_EQ(
        run(client->begin_authorization(std::move(asked), "the first browser")).error().code,
        Errc::unsupported
    );
}

TEST_F(OAuthClient, signs_somebody_in) {
    const Result<SignedIn> signed_in =
        finish(consent("the first browser", {.next = "/orders"}), "the first browser");

    ASSERT_TRUE(signed_in) << signed_in.error().context;
    EXPECT_EQ(signed_in->identity.issuer, "https://id.example");
    EXPECT_EQ(signed_in->identity.subject, "42");
    EXPECT_EQ(signed_in->identity.email, "ada@example.com");
    EXPECT_TRUE(signed_in->identity.is_email_verified);
    EXPECT_EQ(signed_in->tokens.access_token.expose(), "at");
    EXPECT_EQ(signed_in->tokens.refresh_token.expose(), "rt");
    EXPECT_EQ(signed_in->next, "/orders");
}

TEST_F(OAuthClient, asks_for_metadata_and_keys_once) {
    EXPECT_TRUE(finish(consent("the first browser"), "the first browser").has_value());
    EXPECT_TRUE(finish(consent("the second browser"), "the second browser").has_value());

    EXPECT_EQ(http_.times_asked("https://id.example/.well-known/openid-configuration"), 1U);
    EXPECT_EQ(http_.times_asked("https://id.example/jwks"), 1U);
}

TEST_F(OAuthClient, has_so_many_sign_ins_under_way_and_no_more) {
    const std::string query = consent("the first browser");
    const auto times = [this] { return http_.times_asked("https://id.example/token"); };
    const auto at_once = [&](std::size_t count) {
        std::vector<Task<Result<SignedIn>>> tasks;
        for (std::size_t i = 0; i < count; ++i) {
            tasks.push_back(client_->finish_authorization(query, "the first browser"));
        }
        return run_all(std::move(tasks));
    };

    const std::vector<Result<SignedIn>> finished = at_once(40);

    EXPECT_EQ(times(), 32U);
    EXPECT_EQ(finished.back().error().code, Errc::busy);
    at_once(32);
    EXPECT_EQ(times(), 64U);
}

TEST_F(OAuthClient, takes_no_browser_that_is_not_random) {
    EXPECT_EQ(run(client_->begin_authorization({}, "")).error().code, Errc::internal);
    EXPECT_EQ(run(client_->begin_authorization({}, "session")).error().code, Errc::internal);
    EXPECT_EQ(refusal(consent("the first browser"), ""), Errc::csrf_rejected);
}

TEST_F(OAuthClient, leads_nowhere_but_to_this_site) {
    EXPECT_EQ(
        finish(consent("the first browser", {.next = "https://evil.example/"}), "the first browser")->next,
        "/"
    );
    EXPECT_EQ(
        finish(consent("the first browser", {.next = "//evil.example"}), "the first browser")->next, "/"
    );
}

TEST_F(OAuthClient, asvs5_10_2_1_refuses_a_state_that_another_browser_began) {
    EXPECT_EQ(refusal(consent("browser of the attacker"), "browser of the victim"), Errc::csrf_rejected);
    EXPECT_EQ(refusal("code=code-1", "browser of the victim"), Errc::csrf_rejected);
    EXPECT_EQ(http_.times_asked("https://id.example/token"), 0U);
}

TEST_F(OAuthClient, refuses_a_code_that_was_issued_for_another_request) {
    const std::string victims = consent("browser of the victim");
    const std::string attackers = consent("browser of the attacker");
    const std::string stolen_code = attackers.substr(0, attackers.find('&'));

    EXPECT_EQ(
        refusal(stolen_code + victims.substr(victims.find('&')), "browser of the victim"), Errc::grant_invalid
    );
}

TEST_F(OAuthClient, refuses_a_code_that_comes_twice) {
    const std::string query = consent("the first browser");

    EXPECT_TRUE(finish(query, "the first browser").has_value());
    EXPECT_EQ(refusal(query, "the first browser"), Errc::grant_invalid);
}

TEST_F(OAuthClient, keeps_two_tabs_apart) {
    const std::string first = consent("the first browser", {.next = "/first"});
    const std::string first_challenge = challenge_;
    const std::string first_nonce = nonce_;
    const std::string second = consent("the first browser", {.next = "/second"});

    EXPECT_EQ(finish(second, "the first browser")->next, "/second");
    challenge_ = first_challenge;
    nonce_ = first_nonce;
    EXPECT_EQ(finish(first, "the first browser")->next, "/first");
}

TEST_F(OAuthClient, refuses_the_response_of_another_issuer) {
    EXPECT_EQ(
        refusal(consent("the first browser") + "&iss=https%3A%2F%2Fevil.example", "the first browser"),
        Errc::invalid
    );
    EXPECT_EQ(http_.times_asked("https://id.example/token"), 0U);
}

TEST_F(OAuthClient, misses_the_issuer_where_it_is_promised) {
    publish_metadata(R"(,"authorization_response_iss_parameter_supported":true)");
    const std::string query = consent("the first browser");

    EXPECT_EQ(refusal(query, "the first browser"), Errc::invalid);
    EXPECT_TRUE(finish(query + "&iss=https%3A%2F%2Fid.example", "the first browser").has_value());
}

TEST_F(OAuthClient, says_when_the_person_says_no) {
    const std::string state = consent("the first browser").substr(std::string("code=code-1&").size());

    EXPECT_EQ(refusal("error=access_denied&" + state, "the first browser"), Errc::authorization_denied);
    EXPECT_EQ(refusal("error=access_denied&" + state, "the second browser"), Errc::csrf_rejected);
}

TEST_F(OAuthClient, refuses_an_id_token_for_another_request) {
    const std::string query = consent("the first browser");
    nonce_ = "another-nonce";

    EXPECT_EQ(refusal(query, "the first browser"), Errc::invalid);
}

TEST_F(OAuthClient, takes_a_new_key_of_the_provider) {
    EXPECT_TRUE(finish(consent("the first browser"), "the first browser").has_value());
    jwk_ = jose::generate_key(jose::JwsAlgorithm::es256, random_);
    publish_keys();
    clock_.advance(std::chrono::minutes(2));

    EXPECT_TRUE(finish(consent("the first browser"), "the first browser").has_value());
}

TEST_F(OAuthClient, refuses_a_key_that_the_provider_does_not_publish) {
    EXPECT_TRUE(finish(consent("the first browser"), "the first browser").has_value());
    jwk_ = jose::generate_key(jose::JwsAlgorithm::es256, random_);
    clock_.advance(std::chrono::minutes(2));

    EXPECT_EQ(refusal(consent("the first browser"), "the first browser"), Errc::signature_invalid);
}

TEST_F(OAuthClient, refuses_userinfo_of_somebody_else) {
    http_.on("https://id.example/me", R"({"sub":"43","email":"eve@example.com","email_verified":true})");

    EXPECT_EQ(refusal(consent("the first browser"), "the first browser"), Errc::invalid);
}

TEST_F(OAuthClient, refuses_a_provider_that_speaks_for_another_one) {
    http_.on("https://id.example/.well-known/openid-configuration", R"({"issuer":"https://evil.example"})");

    const Result<std::string> url = run(client_->begin_authorization({}, "the first browser"));

    EXPECT_EQ(url.error().code, Errc::invalid);
}

TEST_F(OAuthClient, does_not_hammer_a_provider_that_is_away) {
    http_.fail_on("https://id.example/.well-known/openid-configuration");
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(
            run(client_->begin_authorization({}, "the first browser")).error().code,
            Errc::upstream_unavailable
        );
    }
    EXPECT_EQ(http_.times_asked("https://id.example/.well-known/openid-configuration"), 1U);

    publish_metadata();
    clock_.advance(std::chrono::seconds(5));
    EXPECT_TRUE(finish(consent("the first browser"), "the first browser").has_value());
}

TEST_F(OAuthClient, asks_a_provider_again_though_the_clock_went_back) {
    http_.fail_on("https://id.example/.well-known/openid-configuration");
    EXPECT_FALSE(run(client_->begin_authorization({}, "the first browser")));

    publish_metadata();
    clock_.advance(-std::chrono::hours(2));

    EXPECT_TRUE(run(client_->begin_authorization({}, "the first browser")));
}

TEST_F(OAuthClient, goes_on_with_old_metadata_while_the_provider_does_not_show_it) {
    EXPECT_TRUE(finish(consent("the first browser"), "the first browser").has_value());
    http_.fail_on("https://id.example/.well-known/openid-configuration");
    clock_.advance(std::chrono::hours(25));

    EXPECT_TRUE(finish(consent("the first browser"), "the first browser").has_value());
    EXPECT_EQ(http_.times_asked("https://id.example/.well-known/openid-configuration"), 2U);
}

TEST_F(OAuthClient, refreshes_tokens) {
    refresh_answer_ = R"({"access_token":"at2","token_type":"Bearer","id_token":")" + id_token() + "\"}";

    const Result<Tokens> tokens = run(client_->refresh(SecretText("rt"), "42"));

    ASSERT_TRUE(tokens) << tokens.error().context;
    EXPECT_EQ(tokens->access_token.expose(), "at2");
    EXPECT_EQ(tokens->refresh_token.expose(), "rt");
    EXPECT_THAT(http_.bodies, ::testing::Contains(HasSubstr("grant_type=refresh_token&refresh_token=rt")));
}

TEST_F(OAuthClient, refuses_a_refresh_that_brings_somebody_else) {
    refresh_answer_ = R"({"access_token":"at2","token_type":"Bearer","id_token":")" + id_token("43") + "\"}";

    EXPECT_EQ(run(client_->refresh(SecretText("rt"), "42")).error().code, Errc::invalid);
}

TEST_F(OAuthClient, says_where_to_sign_out) {
    EXPECT_EQ(
        run(client_->end_session_url("https://app.example/")).value(),
        "https://id.example/out?client_id=client-1&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2F"
    );
    EXPECT_EQ(run(client_->end_session_url("")).value(), "https://id.example/out?client_id=client-1");
}

TEST_F(OAuthClient, is_not_made_of_options_that_are_wrong) {
    ProviderOptions wrong = options();
    wrong.registration.client_id.clear();

    EXPECT_EQ(Client::make(std::move(wrong), {http_, keyring_, clock_, random_}).error().code, Errc::config);
}

TEST_F(OAuthClient, signs_in_with_github) {
    client_ = Client::make(
                  github({"client-1", SecretText("a secret"), "https://app.example/callback"}),
                  {http_, keyring_, clock_, random_}
    )
                  .value();
    http_.on(
        "https://github.com/login/oauth/access_token", R"({"access_token":"gho_a","token_type":"bearer"})"
    );
    http_.on("https://api.github.com/user", R"({"id":583231,"login":"octocat"})");
    http_.on(
        "https://api.github.com/user/emails",
        R"([{"email":"mona@example.com","primary":true,"verified":true}])"
    );

    const Result<SignedIn> signed_in = finish(consent("the first browser"), "the first browser");

    ASSERT_TRUE(signed_in) << signed_in.error().context;
    EXPECT_EQ(signed_in->identity.subject, "583231");
    EXPECT_EQ(signed_in->identity.email, "mona@example.com");
    EXPECT_EQ(run(client_->end_session_url("")).error().code, Errc::unsupported);
}

}  // namespace
}  // namespace cardea::oauth
