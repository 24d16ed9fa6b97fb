// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/identity.h"

#include <gtest/gtest.h>

namespace cardea::oauth {
namespace {

Json json(std::string_view text) {
    return parse_json(text).value();
}

TEST(Identity, is_what_the_claims_say) {
    const Result<Identity> identity = identity_from_claims(
        "https://id.example",
        json(
            R"({"sub":"42","email":"ada@example.com","email_verified":true,"name":"Ada","preferred_username":"ada",)"
            R"("picture":"https://id.example/ada.png","groups":["a"]})"
        )
    );

    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->issuer, "https://id.example");
    EXPECT_EQ(identity->subject, "42");
    EXPECT_EQ(identity->email, "ada@example.com");
    EXPECT_TRUE(identity->is_email_verified);
    EXPECT_EQ(identity->name, "Ada");
    EXPECT_EQ(identity->username, "ada");
    EXPECT_EQ(identity->picture, "https://id.example/ada.png");
    EXPECT_EQ(identity->claims.find("groups")->items().size(), 1U);
}

TEST(Identity, has_a_verified_address_only_where_the_provider_says_true) {
    const auto is_verified = [](std::string_view claims) {
        return identity_from_claims("https://id.example", json(claims))->is_email_verified;
    };

    EXPECT_FALSE(is_verified(R"({"sub":"1","email":"a@b.example"})"));
    EXPECT_FALSE(is_verified(R"({"sub":"1","email":"a@b.example","email_verified":false})"));
    EXPECT_FALSE(is_verified(R"({"sub":"1","email":"a@b.example","email_verified":"true"})"));
    EXPECT_FALSE(is_verified(R"({"sub":"1","email":"a@b.example","email_verified":1})"));
}

TEST(Identity, needs_a_subject) {
    const auto refused = [](std::string_view claims) {
        return identity_from_claims("https://id.example", json(claims)).error().code;
    };

    EXPECT_EQ(refused("{}"), Errc::malformed);
    EXPECT_EQ(refused(R"({"sub":""})"), Errc::malformed);
    EXPECT_EQ(refused(R"({"sub":42})"), Errc::malformed);
    EXPECT_EQ(refused(R"({"sub":")" + std::string(256, 'a') + R"("})"), Errc::malformed);
    EXPECT_EQ(refused("[]"), Errc::malformed);
}

TEST(Identity, takes_from_userinfo_what_the_id_token_leaves_out) {
    Identity identity =
        identity_from_claims("https://id.example", json(R"({"sub":"42","name":"Ada","acr":"1"})")).value();

    const Result<Identity> more = add_userinfo(
        std::move(identity),
        json(R"({"sub":"42","name":"Eve","email":"ada@example.com","email_verified":true})")
    );

    ASSERT_TRUE(more);
    EXPECT_EQ(more->name, "Ada");
    EXPECT_EQ(more->email, "ada@example.com");
    EXPECT_TRUE(more->is_email_verified);
    EXPECT_EQ(*more->claims.find_text("acr"), "1");
}

TEST(Identity, believes_only_who_names_the_address_that_it_is_verified) {
    const auto is_verified = [](std::string_view id_token, std::string_view userinfo) {
        Identity identity = identity_from_claims("https://id.example", json(id_token)).value();
        return add_userinfo(std::move(identity), json(userinfo))->is_email_verified;
    };

    EXPECT_FALSE(is_verified(
        R"({"sub":"42","email_verified":true})",
        R"({"sub":"42","email":"v@example.com","email_verified":false})"
    ));
    EXPECT_FALSE(
        is_verified(R"({"sub":"42","email_verified":true})", R"({"sub":"42","email":"v@example.com"})")
    );
    EXPECT_FALSE(is_verified(
        R"({"sub":"42","email":"v@example.com"})",
        R"({"sub":"42","email":"w@example.com","email_verified":true})"
    ));
}

TEST(Identity, takes_no_userinfo_of_somebody_else) {
    Identity identity = identity_from_claims("https://id.example", json(R"({"sub":"42"})")).value();

    EXPECT_EQ(
        add_userinfo(identity, json(R"({"sub":"43","email":"eve@example.com"})")).error().code, Errc::invalid
    );
    EXPECT_EQ(add_userinfo(identity, json(R"({"email":"eve@example.com"})")).error().code, Errc::malformed);
}

TEST(Identity, of_github_has_the_primary_address) {
    const Result<Identity> identity = identity_from_github(
        "https://github.com/login/oauth",
        json(
            R"({"id":583231,"login":"octocat","name":"Mona","avatar_url":"https://a.example/1","email":"public@example.com"})"
        ),
        json(R"([{"email":"old@example.com","primary":false,"verified":true},)"
             R"({"email":"mona@example.com","primary":true,"verified":true}])")
    );

    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->subject, "583231");
    EXPECT_EQ(identity->username, "octocat");
    EXPECT_EQ(identity->email, "mona@example.com");
    EXPECT_TRUE(identity->is_email_verified);
}

TEST(Identity, of_github_has_no_address_that_the_list_does_not_show) {
    const Result<Identity> identity = identity_from_github(
        "https://github.com/login/oauth",
        json(R"({"id":1,"login":"a","email":"public@example.com"})"),
        json("[]")
    );

    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->email, "");
    EXPECT_FALSE(identity->is_email_verified);
}

TEST(Identity, of_github_is_a_number) {
    const auto refused = [](std::string_view user) {
        return identity_from_github("https://github.com/login/oauth", json(user), json("[]")).error().code;
    };

    EXPECT_EQ(refused(R"({"login":"octocat"})"), Errc::malformed);
    EXPECT_EQ(refused(R"({"id":"583231"})"), Errc::malformed);
    EXPECT_EQ(refused(R"({"id":0})"), Errc::malformed);
    EXPECT_EQ(refused(R"({"message":"Bad credentials"})"), Errc::malformed);
}

}  // namespace
}  // namespace cardea::oauth
