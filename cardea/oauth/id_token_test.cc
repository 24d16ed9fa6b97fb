// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/id_token.h"

#include "cardea/base/base64url.h"
#include "cardea/crypto/sha256.h"

#include <gtest/gtest.h>

namespace cardea::oauth {
namespace {

constexpr Time now{std::chrono::seconds(1'700'000'000)};

class IdToken : public ::testing::Test {
 protected:
    static ProviderOptions options() {
        return openid_provider(
            "https://id.example", {"client-1", SecretText("a secret"), "https://app.example/callback"}
        );
    }
    static jose::Claims claims() {
        return jose::Claims()
            .issuer("https://id.example")
            .subject("42")
            .audience("client-1")
            .issued_at(now)
            .expires_at(now + std::chrono::minutes(5))
            .set("nonce", Json(std::string("the-nonce")));
    }
    static Json text(std::string_view value) { return Json(std::string(value)); }

    [[nodiscard]] std::string sign(const jose::Claims& claims) const { return sign(claims, jwk_); }
    [[nodiscard]] static std::string sign(const jose::Claims& claims, const jose::Jwk& jwk) {
        return jose::sign_jwt(jose::SigningKey::make(jwk).value(), claims, {.requires_expiry = false})
            .value();
    }
    Result<jose::VerifiedClaims> verify(
        const std::string& token, std::optional<std::string> nonce = "the-nonce", Time at = now
    ) {
        return verify_id_token(token, options(), keys_, {at, std::move(nonce), access_token_});
    }
    Errc refusal(const std::string& token) {
        const Result<jose::VerifiedClaims> verified = verify(token);
        return verified ? Errc::internal : verified.error().code;
    }
    Errc refusal(const jose::Claims& claims) { return refusal(sign(claims)); }

    FakeRandom random_;
    jose::Jwk jwk_ = jose::generate_key(jose::JwsAlgorithm::es256, random_);
    jose::KeySet keys_ = jose::KeySet::make(jose::JwkSet({jwk_}), options().id_token_algorithms);
    SecretText access_token_{"the-access-token"};
};

TEST_F(IdToken, is_good_after_every_check) {
    const Result<jose::VerifiedClaims> verified = verify(sign(claims()));

    ASSERT_TRUE(verified) << verified.error().context;
    EXPECT_EQ(verified->subject(), "42");
}

TEST_F(IdToken, is_of_the_issuer) {
    EXPECT_EQ(refusal(claims().issuer("https://id.example/")), Errc::invalid);
    EXPECT_EQ(refusal(claims().issuer("https://evil.example")), Errc::invalid);
}

TEST_F(IdToken, asvs5_10_5_4_is_for_this_client) {
    EXPECT_EQ(refusal(claims().audience("client-2")), Errc::invalid);
    EXPECT_EQ(refusal(claims().audience(std::vector<std::string>{"client-2", "client-3"})), Errc::invalid);
}

TEST_F(IdToken, says_when_the_person_signed_in_where_that_was_asked_for) {
    const auto since = [&](const jose::Claims& claims) {
        const IdTokenContext context{now, "the-nonce", access_token_, now};
        const auto verified = verify_id_token(sign(claims), options(), keys_, context);
        return verified ? std::nullopt : std::optional(verified.error().code);
    };
    const auto at = [](std::int64_t seconds) { return claims().set("auth_time", Json(seconds)); };
    const std::int64_t then = 1'700'000'000;

    EXPECT_EQ(since(claims()), Errc::step_up_required);
    EXPECT_EQ(since(claims().set("auth_time", text("1700000000"))), Errc::step_up_required);
    EXPECT_EQ(since(at(then - 61)), Errc::step_up_required);
    EXPECT_EQ(since(at(INT64_MIN)), Errc::step_up_required);
    EXPECT_EQ(since(at(then - 60)), std::nullopt);  // the clocks may differ
    EXPECT_EQ(since(at(then)), std::nullopt);
    EXPECT_TRUE(verify(sign(at(0))));  // nobody asked
}

TEST_F(IdToken, for_several_says_whom_it_was_issued_to) {
    const std::vector<std::string> several{"client-1", "client-2"};

    EXPECT_EQ(refusal(claims().audience(several)), Errc::invalid);
    EXPECT_EQ(refusal(claims().audience(several).set("azp", text("client-2"))), Errc::invalid);
    EXPECT_TRUE(verify(sign(claims().audience(several).set("azp", text("client-1")))).has_value());
    EXPECT_EQ(refusal(claims().set("azp", text("client-2"))), Errc::invalid);
    EXPECT_EQ(refusal(claims().set("azp", Json(std::int64_t{1}))), Errc::invalid);
}

TEST_F(IdToken, ends) {
    EXPECT_EQ(verify(sign(claims()), "the-nonce", now + std::chrono::minutes(6)).error().code, Errc::expired);
    EXPECT_TRUE(verify(sign(claims()), "the-nonce", now + std::chrono::seconds(359)).has_value());
}

TEST_F(IdToken, says_when_it_was_made) {
    const auto without_iat = jose::Claims()
                                 .issuer("https://id.example")
                                 .subject("42")
                                 .audience("client-1")
                                 .expires_at(now + std::chrono::minutes(5))
                                 .set("nonce", text("the-nonce"));

    EXPECT_EQ(refusal(without_iat), Errc::invalid);
    EXPECT_EQ(refusal(claims().issued_at(now + std::chrono::seconds(61))), Errc::invalid);
}

TEST_F(IdToken, asvs5_10_5_1_is_the_answer_to_this_request) {
    EXPECT_EQ(refusal(claims().set("nonce", text("another-nonce"))), Errc::invalid);
    EXPECT_EQ(refusal(claims().set("nonce", text(""))), Errc::invalid);
    EXPECT_EQ(refusal(claims().set("nonce", Json(std::int64_t{1}))), Errc::invalid);
    EXPECT_TRUE(verify(sign(claims()), std::nullopt).has_value());
}

TEST_F(IdToken, names_somebody) {
    EXPECT_EQ(refusal(claims().subject("")), Errc::invalid);
    EXPECT_EQ(refusal(claims().subject(std::string(256, 'a'))), Errc::invalid);
}

TEST_F(IdToken, belongs_to_the_access_token_beside_it) {
    const crypto::Sha256 hash = crypto::sha256(as_bytes(std::string_view("the-access-token")));
    const std::string at_hash = base64url_encode(ByteView(hash).first(16));

    EXPECT_TRUE(verify(sign(claims().set("at_hash", text(at_hash)))).has_value());
    EXPECT_EQ(refusal(claims().set("at_hash", text("77QmUPtjPfzWtF2AnpK9RQ"))), Errc::invalid);
    EXPECT_EQ(refusal(claims().set("at_hash", text(""))), Errc::invalid);
    EXPECT_EQ(refusal(claims().set("at_hash", Json())), Errc::invalid);
}

TEST_F(IdToken, is_signed_by_a_key_of_the_provider) {
    const jose::Jwk stranger = jose::generate_key(jose::JwsAlgorithm::es256, random_);

    EXPECT_EQ(refusal(sign(claims(), stranger)), Errc::signature_invalid);
}

TEST_F(IdToken, is_never_signed_with_the_client_secret_nor_with_nothing) {
    jose::Jwk secret =
        jose::Jwk::symmetric(SecretText("a secret of the client, long enough to sign")).value();
    secret.set_alg("HS256");
    const std::string unsigned_token =
        "eyJhbGciOiJub25lIn0." + sign(claims()).substr(sign(claims()).find('.') + 1);

    EXPECT_EQ(refusal(sign(claims(), secret)), Errc::unsupported);
    EXPECT_EQ(refusal(unsigned_token), Errc::unsupported);
}

// RFC-printed: OpenID Connect Core 1.0 appendix A.3 has an ID token with the access token it belongs to.
TEST_F(IdToken, has_the_hash_of_the_standard_s_example) {
    access_token_ = SecretText("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");

    EXPECT_TRUE(verify(sign(claims().set("at_hash", text("77QmUPtjPfzWtF2AnpK9RQ")))).has_value());
}

}  // namespace
}  // namespace cardea::oauth
