// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jwt.h"

#include "cardea/base/base64url.h"
#include "cardea/crypto/hmac.h"
#include "cardea/jose/jws.h"

#include <gtest/gtest.h>

#include <array>

namespace cardea::jose {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Time now(seconds(1'700'000'000));

Jwk secret_jwk() {
    Jwk jwk = Jwk::symmetric(SecretText("an HMAC secret that has 32 bytes")).value();
    jwk.set_alg("HS256");
    return jwk;
}

const SigningKey signing_key = SigningKey::make(secret_jwk()).value();
const KeySet key_set(VerificationKey::make(secret_jwk()).value());

JwtRules rules() {
    return {.algorithms = JwsAlgorithm::hs256, .issuer = Accepted::any(), .audience = Accepted::absent()};
}

/// A token whatever its claims say.
std::string token_of(std::string_view claims, const JwsOptions& options = {.typ = "JWT"}) {
    return sign_compact(signing_key, as_bytes(claims), options).value();
}

/// "good", or the code and detail of the refusal.
std::string verdict(std::string_view claims, const JwtRules& with = rules()) {
    const auto verified = JwtVerifier(key_set, with).verify(token_of(claims), now);
    return verified ? "good" : std::string(name(verified.error().code)) + " " + verified.error().context;
}

TEST(Jwt, is_verified_with_all_it_says) {
    Claims claims;
    claims.issuer("https://id.example")
        .subject("anna")
        .audience(std::vector<std::string>{"api", "files"})
        .id("7")
        .issued_at(now)
        .not_before(now)
        .expires_at(now + seconds(60))
        .set("admin", Json(true));
    JwtRules with = rules();
    with.issuer = Accepted::one_of({"https://other.example", "https://id.example"});
    with.audience = Accepted::only("api");

    const std::string token = sign_jwt(signing_key, claims).value();
    const VerifiedClaims verified = JwtVerifier(key_set, with).verify(token, now).value();

    EXPECT_EQ(verified.issuer(), "https://id.example");
    EXPECT_EQ(verified.subject(), "anna");
    EXPECT_EQ(verified.id(), "7");
    EXPECT_TRUE(verified.has_audience("api") && verified.has_audience("files"));
    EXPECT_FALSE(verified.has_audience("mail"));
    EXPECT_EQ(verified.expires_at(), now + seconds(60));
    EXPECT_EQ(verified.not_before(), now);
    EXPECT_EQ(verified.issued_at(), now);
    EXPECT_EQ(verified.find("admin")->as_bool(), true);
    EXPECT_EQ(verified.find("other"), nullptr);
    EXPECT_EQ(verified.json().members().size(), 8U);
    EXPECT_EQ(verified.algorithm(), JwsAlgorithm::hs256);
    EXPECT_EQ(verified.kid(), "");
}

TEST(Jwt, looks_like_those_of_others) {
    const std::string token =
        sign_jwt(signing_key, Claims().subject("alice").expires_at(Time(seconds(1'700'000'060)))).value();

    // What PyJWT writes: {"alg":"HS256","typ":"JWT"} and {"sub":"alice","exp":1700000060}.
    EXPECT_TRUE(
        token.starts_with("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6MTcwMDAwMDA2MH0.")
    );
}

// Made by PyJWT with the key "secret", which is shorter than its hash: the MAC is right and the key is
// refused.
TEST(Jwt, refuses_the_short_key_of_a_sample_of_pyjwt) {
    const std::string text =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6MTcwMDAwMDA2MH0";
    const Jwk jwk = Jwk::symmetric(SecretText("secret")).value();

    EXPECT_EQ(
        base64url_encode(crypto::hmac_sha256(as_bytes("secret"), as_bytes(text))),
        "wZIy--eDIHMfUzBvh1LaAD-zLcJE-5CVYzDHusaNDNQ"
    );
    EXPECT_EQ(VerificationKey::make(jwk, JwsAlgorithm::hs256).error().code, Errc::invalid);
    EXPECT_EQ(SigningKey::make(jwk, JwsAlgorithm::hs256).error().code, Errc::invalid);
}

// RFC 7519 section 3.1, long expired.
TEST(Jwt, reads_the_example_of_rfc_7519) {
    const Jwk jwk =
        Jwk::parse(
            R"({"kty":"oct","alg":"HS256",)"
            R"("k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"})"
        )
            .value();
    const KeySet set(VerificationKey::make(jwk).value());
    constexpr std::string_view token =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9le"
        "GFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    JwtRules with = rules();
    with.issuer = Accepted::only("joe");

    const JwtVerifier verifier(set, with);

    EXPECT_TRUE(verifier.verify(token, Time(seconds(1'300'819'379))));
    EXPECT_EQ(verifier.verify(token, Time(seconds(1'300'819'380))).error().code, Errc::expired);
}

struct Case {
    std::string_view claims;
    std::string_view verdict;
};

class Verdict : public ::testing::TestWithParam<Case> {};

TEST_P(Verdict, is_as_the_table_says) {
    EXPECT_EQ(verdict(GetParam().claims), GetParam().verdict) << GetParam().claims;
}

// `now` is 1700000000.
INSTANTIATE_TEST_SUITE_P(
    Jwt,
    Verdict,
    ::testing::Values(
        Case{R"({"exp":1700000001})", "good"},
        Case{R"({"exp":1700000000})", "expired jwt: exp"},
        Case{R"({"exp":1699999999})", "expired jwt: exp"},
        Case{R"({"exp":1700000000.5})", "good"},
        Case{R"({"exp":1.7000000005e9})", "good"},
        Case{R"({"exp":1700000000.0001})", "expired jwt: exp"},
        Case{R"({})", "invalid jwt: exp is missing"},
        Case{R"({"exp":null})", "malformed jwt: exp"},
        Case{R"({"exp":"1700000005"})", "malformed jwt: exp"},
        Case{R"({"exp":[1700000005]})", "malformed jwt: exp"},
        Case{R"({"exp":true})", "malformed jwt: exp"},
        Case{R"({"exp":-1})", "malformed jwt: exp"},
        Case{R"({"exp":253402300799})", "good"},
        Case{R"({"exp":253402300800})", "malformed jwt: exp"},
        Case{R"({"exp":1e300})", "malformed jwt: exp"},
        Case{R"({"exp":1e400})", "malformed json: number too large"},
        Case{R"({"exp":18446744073709551615})", "malformed json: number too large"},
        Case{R"({"exp":1800000000,"nbf":1700000000})", "good"},
        Case{R"({"exp":1800000000,"nbf":1700000001})", "invalid jwt: not valid yet (nbf)"},
        Case{R"({"exp":1800000000,"nbf":"x"})", "malformed jwt: nbf"},
        Case{R"({"exp":1800000000,"iat":1700000000.999})", "invalid jwt: not valid yet (iat)"},
        Case{R"({"exp":1800000000,"iat":{}})", "malformed jwt: iat"},
        Case{R"({"exp":1800000000,"iss":1})", "malformed jwt: iss"},
        Case{R"({"exp":1800000000,"sub":1})", "malformed jwt: sub"},
        Case{R"({"exp":1800000000,"jti":null})", "malformed jwt: jti"},
        Case{R"({"exp":1800000000,"aud":1})", "malformed jwt: aud"},
        Case{R"({"exp":1800000000,"aud":["api",1]})", "malformed jwt: aud"},
        Case{R"({"exp":1800000000,"aud":"api"})", "invalid jwt: aud"},
        Case{R"({"exp":1800000000,"aud":[]})", "invalid jwt: aud"},
        Case{R"({"exp":1800000000,"exp":1})", "malformed json: a member twice"},
        Case{R"([1800000000])", "malformed jwt: claims are an object"},
        Case{R"("exp")", "malformed jwt: claims are an object"}
    )
);

TEST(Jwt, gives_the_clocks_some_leeway) {
    JwtRules with = rules();
    with.leeway = seconds(1);

    EXPECT_EQ(verdict(R"({"exp":1700000000})", with), "good");
    EXPECT_EQ(verdict(R"({"exp":1699999999})", with), "expired jwt: exp");
    EXPECT_EQ(verdict(R"({"exp":1800000000,"nbf":1700000001,"iat":1700000001})", with), "good");
    EXPECT_EQ(verdict(R"({"exp":1800000000,"nbf":1700000002})", with), "invalid jwt: not valid yet (nbf)");
}

TEST(Jwt, needs_no_expiry_when_the_rules_say_so) {
    JwtRules with = rules();
    with.requires_expiry = false;

    EXPECT_EQ(verdict("{}", with), "good");
    EXPECT_EQ(verdict(R"({"exp":1})", with), "expired jwt: exp");
    EXPECT_TRUE(sign_jwt(signing_key, Claims().subject("anna"), {.requires_expiry = false}));
}

TEST(Jwt, is_for_an_audience_and_from_an_issuer) {
    JwtRules with = rules();
    with.audience = Accepted::one_of({"api", "files"});
    with.issuer = Accepted::only("https://id.example");
    const auto claims = [](std::string_view more) {
        return R"({"exp":1800000000)" + std::string(more) + "}";
    };

    EXPECT_EQ(verdict(claims(R"(,"iss":"https://id.example","aud":"api")"), with), "good");
    EXPECT_EQ(verdict(claims(R"(,"iss":"https://id.example","aud":["x","files"])"), with), "good");
    EXPECT_EQ(verdict(claims(R"(,"iss":"https://id.example","aud":"ap")"), with), "invalid jwt: aud");
    EXPECT_EQ(verdict(claims(R"(,"iss":"https://id.example","aud":[])"), with), "invalid jwt: aud");
    EXPECT_EQ(verdict(claims(R"(,"iss":"https://id.example")"), with), "invalid jwt: aud");
    EXPECT_EQ(verdict(claims(R"(,"iss":"https://id.exampl","aud":"api")"), with), "invalid jwt: iss");
    EXPECT_EQ(verdict(claims(R"(,"aud":"api")"), with), "invalid jwt: iss");
    with.audience = Accepted::any();
    EXPECT_EQ(verdict(claims(R"(,"iss":"https://id.example","aud":"other")"), with), "good");
}

TEST(Jwt, is_of_the_kind_that_is_asked_for) {
    const auto verdict_of = [](std::string_view typ, std::string_view expected) {
        JwtRules with = rules();
        with.typ = expected;
        const std::string token = token_of(R"({"exp":1800000000})", {.typ = std::string(typ)});
        return JwtVerifier(key_set, with).verify(token, now).has_value();
    };

    EXPECT_TRUE(verdict_of("JWT", "JWT"));
    EXPECT_TRUE(verdict_of("jwt", "JWT"));
    EXPECT_TRUE(verdict_of("", "JWT"));
    EXPECT_FALSE(verdict_of("at+jwt", "JWT"));
    EXPECT_TRUE(verdict_of("at+jwt", "at+jwt"));
    EXPECT_TRUE(verdict_of("application/AT+JWT", "at+jwt"));
    EXPECT_FALSE(verdict_of("", "at+jwt"));
    EXPECT_FALSE(verdict_of("JWT", "at+jwt"));
}

TEST(Jwt, is_not_signed_when_nobody_would_accept_it) {
    const auto refusal = [](const Claims& claims) {
        const auto token = sign_jwt(signing_key, claims);
        return token ? "signed" : std::string(name(token.error().code)) + " " + token.error().context;
    };

    EXPECT_EQ(refusal(Claims().subject("anna")), "invalid jwt: exp is missing");
    EXPECT_EQ(refusal(Claims().expires_at(now).set("sub", Json(std::int64_t{1}))), "malformed jwt: sub");
    EXPECT_EQ(refusal(Claims().set("exp", Json(std::string("soon")))), "malformed jwt: exp");
    EXPECT_EQ(
        refusal(Claims().expires_at(now).not_before(now)), "invalid jwt: would expire before it is valid"
    );
    EXPECT_EQ(refusal(Claims().expires_at(now).issued_at(now - seconds(1))), "signed");
    EXPECT_EQ(refusal(Claims().expires_at(now).subject(std::string(60'000, 'x'))), "too_large jwt");
}

TEST(Claims, are_read_from_json) {
    EXPECT_EQ(Claims::parse("[]").error().code, Errc::malformed);
    EXPECT_EQ(Claims::parse(R"({"a":1,"a":2})").error().code, Errc::malformed);
    EXPECT_EQ(Claims::parse(R"({"sub":"anna"})")->subject("berta").json().find_text("sub"), "berta");
    EXPECT_EQ(Claims().expires_at(now + milliseconds(999)).json().find("exp")->as_integer(), 1'700'000'000)
        << "never later than asked";
}

TEST(UnverifiedJwt, tells_which_key_it_needs) {
    const std::string token = token_of(R"({"exp":1800000000})", {.typ = "at+jwt"});

    const UnverifiedJwt unverified = UnverifiedJwt::parse(token).value();

    EXPECT_EQ(unverified.algorithm(), JwsAlgorithm::hs256);
    EXPECT_EQ(unverified.kid(), std::nullopt);
    EXPECT_EQ(unverified.typ(), "at+jwt");
    JwtRules with = rules();
    with.typ = "at+jwt";
    EXPECT_TRUE(JwtVerifier(key_set, with).verify(unverified, now));
}

TEST(UnverifiedJwt, refuses_what_is_no_token) {
    for (const std::string_view text : {"", "a", "a.b", "a.b.c", "e30.e30.e30.", "bnVsbA.e30.AAAA"}) {
        EXPECT_EQ(UnverifiedJwt::parse(text).error().code, Errc::malformed) << text;
    }
    EXPECT_EQ(UnverifiedJwt::parse("e30.e30.AAAA").error().code, Errc::unsupported) << "no alg";
    EXPECT_EQ(UnverifiedJwt::parse(std::string(70'000, 'A')).error().code, Errc::too_large);
}

}  // namespace
}  // namespace cardea::jose
