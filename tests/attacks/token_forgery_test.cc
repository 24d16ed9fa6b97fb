// SPDX-License-Identifier: Apache-2.0
// Threat: somebody makes a token that we take for one of ours, or bends one that is (RFC 8725).
#include "cardea/base/base64url.h"
#include "cardea/crypto/hmac.h"
#include "cardea/jose/jwt.h"

#include <gtest/gtest.h>

namespace cardea::jose {
namespace {

const Time now(std::chrono::seconds(1'700'000'000));
constexpr std::string_view claims = R"({"sub":"admin","exp":1800000000})";

Jwk ec_jwk() {
    Jwk jwk(crypto::PrivateKey::generate(crypto::KeyKind::p256));
    jwk.set_kid("ec");
    return jwk;
}

class TokenForgery : public ::testing::Test {
 protected:
    /// A token of our own form, signed by whatever a forger has.
    template <class Sign>
    std::string forge(std::string_view header, Sign sign) const {
        std::string text = base64url_encode(as_bytes(header)) + "." + base64url_encode(as_bytes(claims));
        const auto signature = sign(as_bytes(text));
        return text + "." + base64url_encode(ByteView(signature));
    }

    /// As if the forger knew the private key: only what the header says is wrong.
    std::string forge_signed(std::string_view header) const {
        return forge(header, [this](ByteView text) { return ours.sign(text).value(); });
    }

    Errc refusal(std::string_view token, JwsAlgorithms accepted) const {
        const JwtRules rules{
            .algorithms = accepted, .issuer = Accepted::any(), .audience = Accepted::absent()
        };
        const auto verified = JwtVerifier(keys, rules).verify(token, now);
        EXPECT_FALSE(verified) << token;
        return verified ? Errc() : verified.error().code;
    }

    bool is_accepted(std::string_view token) const {
        const JwtRules rules{
            .algorithms = JwsAlgorithm::es256, .issuer = Accepted::any(), .audience = Accepted::absent()
        };
        return JwtVerifier(keys, rules).verify(token, now).has_value();
    }

    Jwk jwk = ec_jwk();
    SigningKey ours = SigningKey::make(jwk).value();
    KeySet keys{VerificationKey::make(jwk).value()};
    JwsAlgorithms both{JwsAlgorithm::es256, {JwsAlgorithm::hs256}};
};

TEST_F(TokenForgery, rfc8725_2_1_none_does_not_exist) {
    for (const std::string_view alg : {"none", "None", "NONE", "nOnE", ""}) {
        const std::string header = R"({"alg":")" + std::string(alg) + R"("})";
        const std::string token = forge(header, [](ByteView) { return Bytes(); });
        EXPECT_EQ(refusal(token, both), Errc::unsupported) << alg;
    }
    EXPECT_EQ(refusal(forge("{}", [](ByteView) { return Bytes(); }), both), Errc::unsupported);
}

TEST_F(TokenForgery, rfc8725_2_1_a_public_key_is_no_hmac_secret) {
    const std::string pem = jwk.public_key()->to_pem();
    const std::string json = jwk.to_json();
    for (const std::string_view secret :
         {std::string_view(pem), std::string_view(json), as_text(jwk.public_key()->x())}) {
        for (const std::string_view header : {R"({"alg":"HS256"})", R"({"alg":"HS256","kid":"ec"})"}) {
            const std::string token = forge(header, [secret](ByteView text) {
                return crypto::hmac_sha256(as_bytes(secret), text);
            });
            EXPECT_EQ(refusal(token, both), Errc::not_found);
            EXPECT_EQ(refusal(token, JwsAlgorithm::es256), Errc::unsupported);
        }
    }
}

TEST_F(TokenForgery, rfc8725_3_1_only_the_named_algorithms_are_accepted) {
    const std::string token = forge_signed(R"({"alg":"ES256"})");

    EXPECT_TRUE(is_accepted(token));
    EXPECT_EQ(refusal(token, JwsAlgorithm::es384), Errc::unsupported);
    EXPECT_EQ(refusal(forge_signed(R"({"alg":"ES384"})"), both), Errc::unsupported);
    EXPECT_EQ(refusal(forge_signed(R"({"alg":"ES384"})"), JwsAlgorithm::es384), Errc::not_found);
    EXPECT_EQ(refusal(forge_signed(R"({"alg":"es256"})"), both), Errc::unsupported);
}

TEST_F(TokenForgery, rfc8725_3_5_weak_hmac_keys_are_refused) {
    for (const auto& [algorithm, size] :
         {std::pair(JwsAlgorithm::hs256, 32),
          std::pair(JwsAlgorithm::hs384, 48),
          std::pair(JwsAlgorithm::hs512, 64)}) {
        const auto secret = [](int bytes) {
            return Jwk::symmetric(SecretText(std::string(static_cast<std::size_t>(bytes), 's'))).value();
        };
        EXPECT_FALSE(VerificationKey::make(secret(size - 1), algorithm));
        EXPECT_FALSE(SigningKey::make(secret(size - 1), algorithm));
        EXPECT_TRUE(VerificationKey::make(secret(size), algorithm));
    }
}

TEST_F(TokenForgery, rfc8725_3_10_no_key_comes_out_of_the_token) {
    const Jwk forged(crypto::PrivateKey::generate(crypto::KeyKind::p256));
    const SigningKey forger = SigningKey::make(forged).value();
    const auto sign = [&forger](ByteView text) { return forger.sign(text).value(); };
    const std::string embedded = R"({"alg":"ES256","jwk":)" + forged.to_json() + "}";

    EXPECT_EQ(refusal(forge(embedded, sign), both), Errc::signature_invalid);
    for (const std::string_view header : {
             R"({"alg":"ES256","jku":"https://evil.example/jwks"})",
             R"({"alg":"ES256","x5u":"https://evil.example/cert"})",
             R"({"alg":"ES256","kid":"ec","jku":"https://evil.example/jwks"})",
         }) {
        EXPECT_EQ(refusal(forge(header, sign), both), Errc::signature_invalid);
    }
    EXPECT_TRUE(is_accepted(forge_signed(embedded))) << "ignored, not feared";
}

TEST_F(TokenForgery, rfc8725_3_10_a_kid_is_compared_and_nothing_else) {
    for (const std::string_view kid : {"../../dev/null", "ec' OR '1'='1", "EC", "", "ec\\u0000"}) {
        const std::string header = R"({"alg":"ES256","kid":")" + std::string(kid) + R"("})";
        EXPECT_EQ(refusal(forge_signed(header), both), Errc::not_found) << kid;
    }
    EXPECT_EQ(refusal(forge_signed(R"({"alg":"ES256","kid":1})"), both), Errc::malformed);
}

TEST_F(TokenForgery, rfc7515_4_1_11_an_unknown_critical_header_is_refused) {
    EXPECT_EQ(refusal(forge_signed(R"({"alg":"ES256","crit":["exp"],"exp":1})"), both), Errc::unsupported);
    EXPECT_EQ(refusal(forge_signed(R"({"alg":"ES256","crit":["alg"]})"), both), Errc::unsupported);
    for (const std::string_view crit :
         {"[]", "null", R"("b64")", "{}", "[1]", R"(["b64","b64"])", R"(["b64"])"}) {
        const std::string header = R"({"alg":"ES256","crit":)" + std::string(crit) + "}";
        EXPECT_EQ(refusal(forge_signed(header), both), Errc::malformed) << crit;
    }
    // RFC 7797 section 7: a token's payload is always encoded.
    EXPECT_EQ(refusal(forge_signed(R"({"alg":"ES256","b64":false,"crit":["b64"]})"), both), Errc::malformed);
}

TEST_F(TokenForgery, a_header_that_two_parsers_read_differently_is_refused) {
    for (const std::string_view header : {
             R"({"alg":"ES256","alg":"none"})",
             R"({"alg":"none","alg":"ES256"})",
             R"({"alg":"ES256","\u0061lg":"none"})",
             "{\"alg\":\"ES256\",\"kid\":\"\xff\"}",
             R"({"alg":"ES256","x":1e999})",
             R"({"alg":"ES256"}{})",
             R"({"alg":["ES256"]})",
             R"([])",
         }) {
        EXPECT_EQ(refusal(forge_signed(header), both), Errc::malformed) << header;
    }
    const std::string deep = std::string(20, '[') + std::string(20, ']');
    EXPECT_EQ(refusal(forge_signed(R"({"alg":"ES256","x":)" + deep + "}"), both), Errc::too_large);
}

// A token has one spelling, so that a list of revoked tokens cannot be passed by.
TEST_F(TokenForgery, a_token_has_one_spelling) {
    const std::string token = forge_signed(R"({"alg":"ES256"})");
    ASSERT_TRUE(is_accepted(token));
    for (const std::string& other : {
             token + "=",
             token + "==",
             token + " ",
             " " + token,
             token + "\n",
             token + ".",
             token.substr(0, 5) + "\n" + token.substr(5),
             token.substr(0, 5) + "?" + token.substr(5),
         }) {
        EXPECT_FALSE(is_accepted(other)) << other;
    }
    // The last character of an ES256 signature has four bits that stand for nothing.
    for (const char last :
         std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")) {
        const std::string other = token.substr(0, token.size() - 1) + last;
        EXPECT_EQ(is_accepted(other), other == token) << last;
    }
}

TEST_F(TokenForgery, no_bit_of_a_token_can_be_changed) {
    const std::string token = forge_signed(R"({"alg":"ES256","kid":"ec"})");
    for (std::size_t i = 0; i < token.size(); i += 3) {
        std::string other = token;
        other[i] = other[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(is_accepted(other)) << i;
    }
    for (std::size_t size = 0; size < token.size(); ++size) {
        EXPECT_FALSE(is_accepted(std::string_view(token).substr(0, size)));
    }
}

// CVE-2022-21449: the signature of two zeros.
TEST_F(TokenForgery, the_psychic_signature_is_refused) {
    const std::string token = forge(R"({"alg":"ES256"})", [](ByteView) { return Bytes(64, 0); });

    EXPECT_EQ(refusal(token, both), Errc::signature_invalid);
}

TEST_F(TokenForgery, rfc8725_3_11_a_token_of_another_kind_is_refused) {
    EXPECT_EQ(refusal(forge_signed(R"({"alg":"ES256","typ":"logout+jwt"})"), both), Errc::invalid);
    EXPECT_EQ(refusal(forge_signed(R"({"alg":"ES256","typ":"dpop+jwt"})"), both), Errc::invalid);
}

}  // namespace
}  // namespace cardea::jose
