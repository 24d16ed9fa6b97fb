// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jwk.h"

#include "cardea/base/base64url.h"
#include "cardea/jose/jwk_set.h"
#include "tests/support/vectors.h"

#include <gtest/gtest.h>

#include <iostream>

namespace cardea::jose {
namespace {

// RFC 7638 section 3.1
constexpr std::string_view rsa_public = R"({"kty":"RSA",
"n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
"e":"AQAB","alg":"RS256","kid":"2011-04-29"})";

// RFC 8037 appendix A.1
constexpr std::string_view ed25519_private = R"({"kty":"OKP","crv":"Ed25519",
"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";

// RFC 7517 appendix A.2
constexpr std::string_view ec_private = R"({"kty":"EC","crv":"P-256",
"x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
"d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE","use":"enc","kid":"1"})";

// RFC 7517 appendix A.3
constexpr std::string_view symmetric = R"({"kty":"oct",
"k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
"kid":"HMAC key used in JWS spec Appendix A.1 example"})";

Errc refusal(std::string_view text) {
    const Result<Jwk> jwk = Jwk::parse(text);
    EXPECT_FALSE(jwk) << text;
    return jwk ? Errc() : jwk.error().code;
}

TEST(Jwk, has_the_thumbprint_of_rfc_7638) {
    const Jwk jwk = Jwk::parse(rsa_public).value();

    EXPECT_EQ(jwk.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    EXPECT_EQ(jwk.kid(), "2011-04-29");
    EXPECT_EQ(jwk.alg(), "RS256");
    EXPECT_EQ(jwk.use(), "");
    EXPECT_NE(jwk.public_key(), nullptr);
    EXPECT_EQ(jwk.private_key(), nullptr);
    EXPECT_EQ(jwk.symmetric(), nullptr);
}

TEST(Jwk, has_the_thumbprint_of_rfc_8037) {
    EXPECT_EQ(
        Jwk::parse(ed25519_private).value().thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    );
}

TEST(Jwk, tells_its_public_part_unless_asked) {
    const Jwk jwk = Jwk::parse(ed25519_private).value();
    const Jwk secret = Jwk::parse(symmetric).value();

    EXPECT_EQ(
        jwk.to_json(), R"({"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})"
    );
    EXPECT_EQ(secret.to_json(), R"({"kty":"oct","kid":"HMAC key used in JWS spec Appendix A.1 example"})");
    EXPECT_EQ(parse_json(jwk.to_private_json().expose()).value().find_text("d")->size(), 43U);
    EXPECT_EQ(parse_json(secret.to_private_json().expose()).value().find_text("k")->size(), 86U);
}

TEST(Jwk, survives_its_own_text) {
    for (const std::string_view text : {rsa_public, ed25519_private, ec_private, symmetric}) {
        const Jwk jwk = Jwk::parse(text).value();

        const Jwk again = Jwk::parse(jwk.to_private_json().expose()).value();

        EXPECT_EQ(again.thumbprint(), jwk.thumbprint());
        EXPECT_EQ(again.kid(), jwk.kid());
        EXPECT_EQ(again.use(), jwk.use());
        EXPECT_EQ(again.to_json(), jwk.to_json());
    }
}

TEST(Jwk, is_read_from_pem) {
    const crypto::PrivateKey key = crypto::PrivateKey::generate(crypto::KeyKind::p384);

    const Jwk pair = Jwk::from_pem(key.to_pem().expose()).value();
    const Jwk half = Jwk::from_pem(key.public_key().to_pem()).value();

    EXPECT_NE(pair.private_key(), nullptr);
    EXPECT_EQ(half.private_key(), nullptr);
    EXPECT_EQ(pair.thumbprint(), half.thumbprint());
    EXPECT_EQ(Jwk::from_pem("no key").error().code, Errc::malformed);
}

TEST(Jwk, keeps_to_use_and_key_ops) {
    const auto with = [](std::string_view members) {
        return Jwk::parse(R"({"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAA")" + std::string(members) + "}")
            .value();
    };

    EXPECT_TRUE(with("").allows(KeyOperation::sign));
    EXPECT_TRUE(with(R"(,"use":"sig")").allows(KeyOperation::verify));
    EXPECT_FALSE(with(R"(,"use":"sig")").allows(KeyOperation::decrypt));
    EXPECT_FALSE(with(R"(,"use":"enc")").allows(KeyOperation::sign));
    EXPECT_TRUE(with(R"(,"use":"enc")").allows(KeyOperation::unwrap_key));
    EXPECT_FALSE(with(R"(,"use":"tls")").allows(KeyOperation::sign));
    EXPECT_TRUE(with(R"(,"key_ops":["verify","x"])").allows(KeyOperation::verify));
    EXPECT_FALSE(with(R"(,"key_ops":["verify"])").allows(KeyOperation::sign));
    EXPECT_FALSE(with(R"(,"key_ops":[])").allows(KeyOperation::sign));
    EXPECT_NE(
        with(R"(,"key_ops":["deriveBits"])").to_json().find(R"("key_ops":["deriveBits"])"), std::string::npos
    );
    EXPECT_EQ(refusal(R"({"kty":"oct","k":"AAAA","key_ops":["sign","sign"]})"), Errc::malformed);
    EXPECT_EQ(refusal(R"({"kty":"oct","k":"AAAA","key_ops":"sign"})"), Errc::malformed);
}

TEST(Jwk, refuses_what_is_malformed) {
    for (const std::string_view text : {
             "",
             "[]",
             "{}",
             R"({"kty":1})",
             R"({"kty":"EC"})",
             R"({"kty":"oct","kty":"oct","k":"AAAA"})",
             R"({"kty":"oct","k":"AAAA","kid":1})",
             R"({"kty":"oct","k":"AAAA","alg":null})",
             R"({"kty":"oct","k":"AAAA"} )"
             "x",
         }) {
        EXPECT_EQ(refusal(text), Errc::malformed) << text;
    }
}

TEST(Jwk, refuses_keys_of_the_wrong_form) {
    for (const std::string_view text : {
             R"({"kty":"oct"})",
             R"({"kty":"oct","k":""})",
             R"({"kty":"oct","k":"AAA="})",
             R"({"kty":"oct","k":"AB"})",  // stray bits
             R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUR"})",
             R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=","d":1})",
             R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"})",
             R"({"kty":"RSA","n":"AQAB","e":"AQAB"})",
             R"({"kty":"RSA","e":"AQAB"})",
         }) {
        EXPECT_EQ(refusal(text), Errc::invalid) << text;
    }
}

TEST(Jwk, refuses_what_is_not_done_here) {
    for (const std::string_view text : {
             R"({"kty":"AKP","pub":"AAAA"})",
             R"({"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"})",
             R"({"kty":"OKP","crv":"Ed448","x":"AA"})",
             R"({"kty":"OKP","crv":"P-256","x":"AA"})",
             R"({"kty":"EC","crv":"Ed25519","x":"AA"})",
             R"({"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"})",
         }) {
        EXPECT_EQ(refusal(text), Errc::unsupported) << text;
    }
}

// PyJWT CVE-2022-29217 and CVE-2026-48526, python-jose CVE-2024-33663: a public key taken for an HMAC secret.
TEST(Jwk, takes_no_key_of_another_kind_for_a_secret) {
    const std::string pem = crypto::PrivateKey::generate(crypto::KeyKind::p256).public_key().to_pem();

    for (const std::string& text :
         {pem,
          "\n" + pem,
          "Bag Attributes\n" + pem,
          std::string(rsa_public),
          " \n" + std::string(rsa_public),
          std::string("{\n  \"kty\": \"EC\"\n}"),
          std::string(R"({ "keys": [] })"),
          std::string("ssh-rsa AAAA")}) {
        EXPECT_EQ(Jwk::symmetric(SecretText(text)).error().code, Errc::invalid) << text;
    }
    EXPECT_TRUE(Jwk::symmetric(SecretText("{this secret begins with a brace, and is no JSON}")));
    EXPECT_FALSE(Jwk::symmetric(SecretText()));
    EXPECT_FALSE(Jwk::symmetric(SecretText(std::string(4097, 'x'))));
    EXPECT_TRUE(Jwk::symmetric(SecretText("0123456789abcdef0123456789abcdef")));
}

TEST(JwkSet, leaves_out_what_it_cannot_use) {
    const std::string text =
        R"({"keys":[{"kty":"new"},)" + std::string(rsa_public) + "," + std::string(symmetric) + R"(,1]})";

    const JwkSet set = JwkSet::parse(text).value();

    EXPECT_EQ(set.keys().size(), 2U);
    EXPECT_EQ(set.left_out().size(), 2U);
    EXPECT_EQ(set.to_json(), R"({"keys":[)" + set.keys()[0].to_json() + "]}");
}

TEST(JwkSet, refuses_what_is_no_set) {
    std::string many = R"({"keys":[{})";
    for (int i = 0; i < 100; ++i) {
        many += ",{}";
    }
    many += "]}";

    EXPECT_EQ(JwkSet::parse("{}").error().code, Errc::malformed);
    EXPECT_EQ(JwkSet::parse(R"({"keys":{}})").error().code, Errc::malformed);
    EXPECT_EQ(JwkSet::parse(rsa_public).error().code, Errc::malformed);
    EXPECT_EQ(JwkSet::parse(many).error().code, Errc::too_large);
    EXPECT_TRUE(JwkSet::parse(R"({"keys":[]})"));
}

// RFC 7520 section 3.
TEST(Jwk, reads_the_keys_of_the_cookbook) {
    std::size_t count = 0;
    for (const char* name : {
             "3_1.ec_public_key",
             "3_2.ec_private_key",
             "3_3.rsa_public_key",
             "3_4.rsa_private_key",
             "3_5.symmetric_key_mac_computation",
             "3_6.symmetric_key_encryption",
         }) {
        CARDEA_VECTORS_OR_SKIP(file, "jose-cookbook/jwk/" + std::string(name) + ".json");

        const Result<Jwk> jwk = Jwk::parse(file);

        ASSERT_TRUE(jwk) << name << jwk.error().context;
        EXPECT_EQ(Jwk::parse(jwk->to_private_json().expose()).value().thumbprint(), jwk->thumbprint());
        ++count;
    }
    std::cout << "[ vectors  ] " << count << " keys\n";
    EXPECT_EQ(count, 6U);
}

}  // namespace
}  // namespace cardea::jose
