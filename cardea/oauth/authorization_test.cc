// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/authorization.h"

#include <gtest/gtest.h>

namespace cardea::oauth {
namespace {

Registration registration() {
    return {"client-1", SecretText("a secret"), "https://app.example/callback"};
}

ProviderMetadata metadata(std::string_view endpoint = "https://id.example/auth", bool sends_iss = false) {
    return {
        .issuer = "https://id.example",
        .authorization_endpoint = http::parse_url(endpoint).value(),
        .token_endpoint = http::parse_url("https://id.example/token").value(),
        .authorization_response_iss_parameter_supported = sends_iss,
    };
}

const AuthorizationTag tag{"the-state", "the-nonce", "the-challenge"};

Result<SecretText> code_of(std::string_view query, bool sends_iss = false) {
    const Result<AuthorizationResponse> response = AuthorizationResponse::parse(query);
    if (!response) {
        return std::unexpected(response.error());
    }
    return response->code(metadata("https://id.example/auth", sends_iss));
}

Errc refusal(std::string_view query, bool sends_iss = false) {
    const Result<SecretText> code = code_of(query, sends_iss);
    EXPECT_FALSE(code) << query;
    return code ? Errc::internal : code.error().code;
}

TEST(AuthorizationRequest, asks_for_a_code_with_pkce_state_and_nonce) {
    const std::string url =
        authorization_url(openid_provider("https://id.example", registration()), metadata(), tag, {});

    EXPECT_EQ(
        url,
        "https://id.example/auth?response_type=code&client_id=client-1"
        "&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&scope=openid%20email%20profile&state=the-state"
        "&nonce=the-nonce&code_challenge=the-challenge&code_challenge_method=S256"
    );
}

TEST(AuthorizationRequest, keeps_what_the_endpoint_has_in_its_query) {
    const std::string url = authorization_url(
        openid_provider("https://id.example", registration()),
        metadata("https://id.example/auth?tenant=a"),
        tag,
        {}
    );

    EXPECT_TRUE(url.starts_with("https://id.example/auth?tenant=a&response_type=code&")) << url;
}

TEST(AuthorizationRequest, has_no_nonce_where_no_id_token_comes) {
    const std::string url = authorization_url(github(registration()), metadata(), tag, {});

    EXPECT_EQ(url.find("nonce"), std::string::npos);
    EXPECT_NE(url.find("&code_challenge_method=S256"), std::string::npos);
}

TEST(AuthorizationRequest, says_what_else_is_wished_for) {
    const std::string url = authorization_url(
        openid_provider("https://id.example", registration()),
        metadata(),
        tag,
        {.next = "/never-sent", .prompt = "login consent", .login_hint = "ada@example.com"}
    );

    EXPECT_TRUE(url.ends_with("&prompt=login%20consent&login_hint=ada%40example.com")) << url;
    EXPECT_EQ(url.find("never-sent"), std::string::npos);
}

TEST(AuthorizationResponse, has_a_code) {
    EXPECT_EQ(code_of("code=abc&state=s")->expose(), "abc");
    EXPECT_EQ(code_of("code=a%2Fb&state=s&session_state=x&iss=https%3A%2F%2Fid.example")->expose(), "a/b");
    EXPECT_EQ(AuthorizationResponse::parse("code=abc&state=s").value().state(), "s");
}

TEST(AuthorizationResponse, asvs5_10_2_2_is_of_the_issuer_that_was_asked) {
    EXPECT_EQ(refusal("code=abc&iss=https%3A%2F%2Fevil.example"), Errc::invalid);
    EXPECT_EQ(refusal("error=access_denied&iss=https%3A%2F%2Fevil.example"), Errc::invalid);
    EXPECT_EQ(refusal("code=abc&iss="), Errc::invalid);
    EXPECT_EQ(refusal("code=abc", true), Errc::invalid);
    EXPECT_EQ(refusal("error=access_denied", true), Errc::invalid);
    EXPECT_TRUE(code_of("code=abc&iss=https%3A%2F%2Fid.example", true).has_value());
}

TEST(AuthorizationResponse, may_be_an_error) {
    EXPECT_EQ(refusal("error=access_denied"), Errc::authorization_denied);
    EXPECT_EQ(refusal("error=login_required&code=abc"), Errc::authorization_denied);
    EXPECT_EQ(refusal("error="), Errc::authorization_denied);
    EXPECT_EQ(refusal("error=server_error"), Errc::upstream_unavailable);
    EXPECT_EQ(refusal("error=temporarily_unavailable"), Errc::upstream_unavailable);
}

TEST(AuthorizationResponse, repeats_no_text_of_strangers) {
    EXPECT_EQ(
        code_of("error=%3Cscript%3E&error_description=hello").error().context,
        "oauth: authorization response: no error code"
    );
    EXPECT_EQ(
        code_of("error=access_denied&error_description=hello").error().context,
        "oauth: authorization response: access_denied"
    );
}

TEST(AuthorizationResponse, that_can_be_read_in_two_ways_is_refused) {
    EXPECT_EQ(refusal("code=a&code=b"), Errc::invalid);
    EXPECT_EQ(refusal("code=a&state=s&state=t"), Errc::invalid);
    EXPECT_EQ(refusal("code=%zz"), Errc::malformed);
}

TEST(AuthorizationResponse, without_a_code_is_refused) {
    EXPECT_EQ(refusal(""), Errc::invalid);
    EXPECT_EQ(refusal("state=s"), Errc::invalid);
    EXPECT_EQ(refusal("code=&state=s"), Errc::invalid);
    EXPECT_EQ(refusal("code=%0a"), Errc::invalid);
    EXPECT_EQ(refusal("code=" + std::string(5000, 'a')), Errc::invalid);
}

}  // namespace
}  // namespace cardea::oauth
