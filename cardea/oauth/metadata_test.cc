// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/metadata.h"

#include <gtest/gtest.h>

namespace cardea::oauth {
namespace {

constexpr std::string_view issuer = "https://id.example";

/// A document with these members behind the issuer.
std::string document(std::string_view members) {
    return R"({"issuer":"https://id.example",)" + std::string(members) + "}";
}

constexpr std::string_view endpoints = R"("authorization_endpoint":"https://id.example/auth?a=b",)"
                                       R"("token_endpoint":"https://id.example/token",)"
                                       R"("jwks_uri":"https://keys.example/jwks")";

Errc refusal(std::string_view text) {
    const Result<ProviderMetadata> metadata = parse_metadata(text, issuer);
    EXPECT_FALSE(metadata) << text;
    return metadata ? Errc::internal : metadata.error().code;
}

TEST(ProviderMetadata, lies_behind_the_issuer) {
    const auto url = [](std::string_view text) { return metadata_url(text).value().to_string(); };

    EXPECT_EQ(url("https://id.example"), "https://id.example/.well-known/openid-configuration");
    EXPECT_EQ(url("https://id.example/"), "https://id.example/.well-known/openid-configuration");
    EXPECT_EQ(url("https://id.example/a"), "https://id.example/a/.well-known/openid-configuration");
    EXPECT_EQ(metadata_url("id.example").error().code, Errc::config);
}

TEST(ProviderMetadata, names_the_endpoints) {
    const Result<ProviderMetadata> metadata = parse_metadata(
        document(
            std::string(endpoints) +
            R"(,"userinfo_endpoint":"https://id.example/me","end_session_endpoint":"https://id.example/out",)"
            R"("authorization_response_iss_parameter_supported":true,"claims_supported":["sub"])"
        ),
        issuer
    );

    ASSERT_TRUE(metadata) << metadata.error().context;
    EXPECT_EQ(metadata->issuer, issuer);
    EXPECT_EQ(metadata->authorization_endpoint.to_string(), "https://id.example/auth?a=b");
    EXPECT_EQ(metadata->token_endpoint.to_string(), "https://id.example/token");
    EXPECT_EQ(metadata->jwks_uri->to_string(), "https://keys.example/jwks");
    EXPECT_EQ(metadata->userinfo_endpoint->to_string(), "https://id.example/me");
    EXPECT_EQ(metadata->end_session_endpoint->to_string(), "https://id.example/out");
    EXPECT_TRUE(metadata->authorization_response_iss_parameter_supported);
}

TEST(ProviderMetadata, may_leave_out_what_not_every_provider_has) {
    const Result<ProviderMetadata> metadata = parse_metadata(document(endpoints), issuer);

    ASSERT_TRUE(metadata) << metadata.error().context;
    EXPECT_FALSE(metadata->userinfo_endpoint);
    EXPECT_FALSE(metadata->end_session_endpoint);
    EXPECT_FALSE(metadata->authorization_response_iss_parameter_supported);
}

TEST(ProviderMetadata, asvs5_10_5_3_of_another_issuer_is_refused) {
    const std::string text = document(endpoints);

    EXPECT_EQ(parse_metadata(text, "https://id.example/").error().code, Errc::invalid);
    EXPECT_EQ(parse_metadata(text, "https://ID.example").error().code, Errc::invalid);
    EXPECT_EQ(parse_metadata(text, "https://evil.example").error().code, Errc::invalid);
    EXPECT_EQ(parse_metadata("{" + std::string(endpoints) + "}", issuer).error().code, Errc::invalid);
}

TEST(ProviderMetadata, without_an_endpoint_is_refused) {
    EXPECT_EQ(
        refusal(document(R"("token_endpoint":"https://id.example/t","jwks_uri":"https://id.example/j")")),
        Errc::invalid
    );
    EXPECT_EQ(
        refusal(
            document(R"("authorization_endpoint":"https://id.example/a","jwks_uri":"https://id.example/j")")
        ),
        Errc::invalid
    );
    EXPECT_EQ(
        refusal(document(
            R"("authorization_endpoint":"https://id.example/a","token_endpoint":"https://id.example/t")"
        )),
        Errc::invalid
    );
}

TEST(ProviderMetadata, with_an_endpoint_that_is_not_https_is_refused) {
    for (const std::string_view bad :
         {R"("http://id.example/me")", R"("javascript:0")", R"("https://id.example/#a")", "7", R"("")"}) {
        EXPECT_EQ(
            refusal(document(std::string(endpoints) + R"(,"userinfo_endpoint":)" + std::string(bad))),
            Errc::invalid
        ) << bad;
    }
}

TEST(ProviderMetadata, may_be_plain_http_where_the_issuer_is) {
    const std::string text =
        R"({"issuer":"http://localhost:3000","authorization_endpoint":"http://localhost:3000/a",)"
        R"("token_endpoint":"http://localhost:3000/t","jwks_uri":"http://localhost:3000/j"})";

    EXPECT_TRUE(parse_metadata(text, "http://localhost:3000").has_value());
}

TEST(ProviderMetadata, that_is_no_json_object_is_refused) {
    EXPECT_EQ(refusal(""), Errc::malformed);
    EXPECT_EQ(refusal("<html>"), Errc::malformed);
    EXPECT_EQ(refusal("[]"), Errc::invalid);
    EXPECT_EQ(refusal(document(std::string(300'000, ' ') + std::string(endpoints))), Errc::too_large);
}

}  // namespace
}  // namespace cardea::oauth
