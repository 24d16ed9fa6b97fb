// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/tokens.h"

#include <gtest/gtest.h>

namespace cardea::oauth {
namespace {

constexpr Time now{std::chrono::seconds(1'700'000'000)};

ProviderOptions options(ClientAuthentication how) {
    ProviderOptions out = openid_provider(
        "https://id.example", {"client one", SecretText("s:cret/+"), "https://app.example/callback"}
    );
    out.client_authentication = how;
    return out;
}

http::ClientRequest request(ClientAuthentication how) {
    return token_request(
        options(how),
        http::parse_url("https://id.example/token").value(),
        {{"grant_type", "authorization_code"}, {"code", "a b&c"}}
    );
}

Errc refusal(int status, std::string_view body) {
    const Result<Tokens> tokens = read_token_response(status, body, now);
    EXPECT_FALSE(tokens) << body;
    return tokens ? Errc::internal : tokens.error().code;
}

TEST(TokenRequest, authenticates_with_basic_whose_parts_are_encoded_first) {
    const http::ClientRequest sent = request(ClientAuthentication::client_secret_basic);

    EXPECT_EQ(sent.method(), http::Method::post);
    EXPECT_EQ(sent.header("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(sent.header("Accept"), "application/json");
    EXPECT_EQ(sent.body().expose(), "grant_type=authorization_code&code=a%20b%26c");
    // client%20one:s%3Acret%2F%2B
    EXPECT_EQ(sent.header("Authorization"), "Basic Y2xpZW50JTIwb25lOnMlM0FjcmV0JTJGJTJC");
}

TEST(TokenRequest, authenticates_in_the_form) {
    const http::ClientRequest sent = request(ClientAuthentication::client_secret_post);

    EXPECT_EQ(sent.header("Authorization"), "");
    EXPECT_EQ(
        sent.body().expose(),
        "grant_type=authorization_code&code=a%20b%26c&client_id=client%20one&client_secret=s%3Acret%2F%2B"
    );
}

TEST(TokenRequest, of_a_public_client_names_it) {
    const http::ClientRequest sent = request(ClientAuthentication::none);

    EXPECT_EQ(sent.header("Authorization"), "");
    EXPECT_EQ(sent.body().expose(), "grant_type=authorization_code&code=a%20b%26c&client_id=client%20one");
}

TEST(TokenResponse, has_tokens) {
    const Result<Tokens> tokens = read_token_response(
        200,
        R"({"access_token":"at","token_type":"bearer","expires_in":60,"refresh_token":"rt","id_token":"it","scope":"a b"})",
        now
    );

    ASSERT_TRUE(tokens) << tokens.error().context;
    EXPECT_EQ(tokens->access_token.expose(), "at");
    EXPECT_EQ(tokens->refresh_token.expose(), "rt");
    EXPECT_EQ(tokens->id_token.expose(), "it");
    EXPECT_EQ(tokens->expires_at, now + std::chrono::seconds(60));
    EXPECT_EQ(tokens->scope, "a b");
}

TEST(TokenResponse, may_have_an_access_token_alone) {
    const Result<Tokens> tokens =
        read_token_response(200, R"({"access_token":"at","token_type":"Bearer","refresh_token":null})", now);

    ASSERT_TRUE(tokens) << tokens.error().context;
    EXPECT_TRUE(tokens->refresh_token.empty());
    EXPECT_TRUE(tokens->id_token.empty());
    EXPECT_EQ(tokens->expires_at, std::nullopt);
}

TEST(TokenResponse, lasts_no_longer_than_clocks_do) {
    const auto lifetime = [](std::string_view expires_in) {
        const std::string text =
            R"({"access_token":"at","token_type":"Bearer","expires_in":)" + std::string(expires_in) + "}";
        return read_token_response(200, text, now)->expires_at;
    };

    EXPECT_EQ(lifetime("-5"), now);
    EXPECT_EQ(lifetime("9223372036854775807"), now + std::chrono::days(3650));
    EXPECT_EQ(lifetime("\"60\""), std::nullopt);
}

TEST(TokenResponse, that_is_none_is_refused) {
    EXPECT_EQ(refusal(200, ""), Errc::malformed);
    EXPECT_EQ(refusal(200, "access_token=at&token_type=bearer"), Errc::malformed);
    EXPECT_EQ(refusal(200, "[]"), Errc::malformed);
    EXPECT_EQ(refusal(200, R"({"token_type":"Bearer"})"), Errc::malformed);
    EXPECT_EQ(refusal(200, R"({"access_token":7,"token_type":"Bearer"})"), Errc::malformed);
    EXPECT_EQ(refusal(200, R"({"access_token":"a\r\nb","token_type":"Bearer"})"), Errc::malformed);
    EXPECT_EQ(refusal(200, R"({"access_token":"at"})"), Errc::unsupported);
    EXPECT_EQ(refusal(200, R"({"access_token":"at","token_type":"DPoP"})"), Errc::unsupported);
}

TEST(TokenResponse, asvs5_10_4_2_says_when_a_code_was_used) {
    EXPECT_EQ(
        refusal(400, R"({"error":"invalid_grant","error_description":"code already used"})"),
        Errc::grant_invalid
    );
    EXPECT_EQ(refusal(200, R"({"error":"bad_verification_code"})"), Errc::grant_invalid);
    EXPECT_EQ(refusal(400, "{}"), Errc::grant_invalid);
}

TEST(TokenResponse, says_when_the_client_is_set_up_wrongly) {
    EXPECT_EQ(refusal(401, R"({"error":"invalid_client"})"), Errc::config);
    EXPECT_EQ(refusal(400, R"({"error":"unauthorized_client"})"), Errc::config);
    EXPECT_EQ(refusal(200, R"({"error":"incorrect_client_credentials"})"), Errc::config);
}

TEST(TokenResponse, says_when_the_provider_is_out_of_order) {
    EXPECT_EQ(refusal(503, "<html>"), Errc::upstream_unavailable);
    EXPECT_EQ(refusal(500, R"({"error":"server_error"})"), Errc::upstream_unavailable);
    EXPECT_EQ(refusal(429, "{}"), Errc::upstream_unavailable);
}

TEST(TokenResponse, repeats_nothing_of_the_provider_but_its_code) {
    const auto context = [](std::string_view body) {
        return read_token_response(400, body, now).error().context;
    };

    EXPECT_EQ(
        context(R"({"error":"invalid_grant","error_description":"secret"})"),
        "oauth: token endpoint: invalid_grant"
    );
    EXPECT_EQ(context(R"({"error":"In\nvalid"})"), "oauth: token endpoint: no error code");
    EXPECT_EQ(context(R"({"error":7})"), "oauth: token endpoint: no error code");
}

}  // namespace
}  // namespace cardea::oauth
