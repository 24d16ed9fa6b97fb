// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jws.h"

#include "cardea/base/base64url.h"

#include <gtest/gtest.h>

namespace cardea::jose {
namespace {

// RFC 7515 appendix A: the keys, the payload, and the signatures of A.1 to A.4.
constexpr std::string_view a1_key = R"({"kty":"oct","alg":"HS256",
"k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"})";
constexpr std::string_view a2_key = R"({"kty":"RSA","e":"AQAB","alg":"RS256","kid":"2010-12-29",
"n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"})";
constexpr std::string_view a3_key = R"({"kty":"EC","crv":"P-256","kid":"e9bc097a-ce51-4036-9562-d2ade882db0d",
"x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
"d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"})";
constexpr std::string_view a4_key = R"({"kty":"EC","crv":"P-521",
"x":"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
"y":"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"})";
const std::string payload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const std::string a2_signature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdb"
    "F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383"
    "LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWy"
    "wlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const std::string a3_signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

constexpr JwsAlgorithms every{
    JwsAlgorithm::hs256, {JwsAlgorithm::rs256, JwsAlgorithm::es256, JwsAlgorithm::es512, JwsAlgorithm::eddsa}
};

KeySet keys(std::initializer_list<std::string_view> jwks) {
    std::vector<VerificationKey> all;
    for (const std::string_view jwk : jwks) {
        all.push_back(VerificationKey::make(Jwk::parse(jwk).value()).value());
    }
    return KeySet(std::move(all));
}

SigningKey signer(std::string_view jwk) {
    return SigningKey::make(Jwk::parse(jwk).value()).value();
}

std::string flattened(std::string_view members) {
    return R"({"payload":")" + payload + R"(",)" + std::string(members) + "}";
}

Errc refusal(const Result<VerifiedJws>& result) {
    EXPECT_FALSE(result);
    return result ? Errc() : result.error().code;
}

TEST(Jws, verifies_rfc_7515_appendix_a) {
    const KeySet all = keys({a1_key, a2_key, a3_key, a4_key});
    const JwsVerifier verifier(all, every);

    const auto a1 = verifier.verify_compact(
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + payload + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
    const auto a2 = verifier.verify_compact("eyJhbGciOiJSUzI1NiJ9." + payload + "." + a2_signature);
    const auto a3 = verifier.verify_compact("eyJhbGciOiJFUzI1NiJ9." + payload + "." + a3_signature);
    const auto a4 = verifier.verify_compact(
        "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-"
        "mZZqwqT2SI-"
        "KGDKB34XO0aw_"
        "7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_"
        "Jn"
    );

    ASSERT_TRUE(a1 && a2 && a3 && a4);
    EXPECT_EQ(a1->headers.front().typ, "JWT");
    EXPECT_EQ(a2->payload, a1->payload);
    EXPECT_EQ(as_text(a4->payload), "Payload");
    // A.5: an unsecured JWS.
    EXPECT_EQ(refusal(verifier.verify_compact("eyJhbGciOiJub25lIn0." + payload + ".")), Errc::unsupported);
}

TEST(Jws, verifies_rfc_7515_appendices_a6_and_a7) {
    const KeySet both = keys({a2_key, a3_key});
    const std::string first =
        R"({"protected":"eyJhbGciOiJSUzI1NiJ9","header":{"kid":"2010-12-29"},"signature":")" + a2_signature +
        R"("})";
    const std::string second =
        R"("protected":"eyJhbGciOiJFUzI1NiJ9","header":{"kid":"e9bc097a-ce51-4036-9562-d2ade882db0d"},"signature":")" +
        a3_signature + R"(")";

    const auto general =
        JwsVerifier(both, every).verify_json(flattened(R"("signatures":[)" + first + ",{" + second + "}]"));
    const auto one = JwsVerifier(both, every).verify_json(flattened(second));

    ASSERT_TRUE(general && one);
    ASSERT_EQ(general->headers.size(), 2U);
    EXPECT_EQ(general->headers[0].kid, "2010-12-29");
    EXPECT_EQ(general->headers[1].algorithm, JwsAlgorithm::es256);
    EXPECT_EQ(as_text(one->payload).substr(0, 12), R"({"iss":"joe")");
}

TEST(Jws, passes_over_signatures_of_others_but_needs_one_of_ours) {
    const KeySet ours = keys({a3_key});
    const KeySet others = keys({a4_key});
    const std::string text = flattened(
        R"("signatures":[{"protected":"eyJhbGciOiJFUzI1NiJ9","signature":")" + a3_signature +
        R"("},{"protected":"eyJhbGciOiJSUzI1NiJ9","signature":"AAAA"},)" +
        R"({"header":{"alg":"new"},"signature":"AAAA"}])"
    );

    EXPECT_EQ(JwsVerifier(ours, every).verify_json(text).value().headers.size(), 1U);
    EXPECT_FALSE(JwsVerifier(others, every).verify_json(text));
    EXPECT_EQ(refusal(JwsVerifier(others, JwsAlgorithm::es512).verify_json(text)), Errc::unsupported);
}

TEST(Jws, refuses_all_when_a_signature_of_ours_is_wrong) {
    const KeySet both = keys({a2_key, a3_key});
    const std::string text = flattened(
        R"("signatures":[{"protected":"eyJhbGciOiJFUzI1NiJ9","signature":")" + a3_signature +
        R"("},{"protected":"eyJhbGciOiJSUzI1NiJ9","signature":"AAAA"}])"
    );

    EXPECT_EQ(refusal(JwsVerifier(both, every).verify_json(text)), Errc::signature_invalid);
}

TEST(Jws, verifies_what_it_signs_in_every_form) {
    const std::vector<SigningKey> signers{signer(a1_key), signer(a3_key)};
    const KeySet both = keys({a1_key, a3_key});
    const JwsVerifier verifier(both, every);
    const ByteView text = as_bytes("two\0bytes of nothing");

    for (const PayloadForm form :
         {PayloadForm::attached, PayloadForm::detached, PayloadForm::detached_unencoded}) {
        const JwsOptions options{.cty = "text/plain", .payload = form};
        const std::string compact = sign_compact(signers[1], text, options).value();
        const std::string general = sign_json(signers, text, options).value();
        const bool is_attached = form == PayloadForm::attached;

        const auto one =
            is_attached ? verifier.verify_compact(compact) : verifier.verify_compact(compact, text);
        const auto two = is_attached ? verifier.verify_json(general) : verifier.verify_json(general, text);

        ASSERT_TRUE(one && two);
        EXPECT_EQ(one->headers.front().cty, "text/plain");
        EXPECT_EQ(one->headers.front().b64, form != PayloadForm::detached_unencoded);
        EXPECT_EQ(two->headers.size(), 2U);
        EXPECT_EQ(as_text(one->payload), is_attached ? as_text(text) : "");
        EXPECT_FALSE(verifier.verify_compact(compact, as_bytes("another text")));
        EXPECT_FALSE(verifier.verify_json(general, as_bytes("another text")));
        EXPECT_EQ(verifier.verify_json(general).has_value(), is_attached);
    }
    EXPECT_EQ(sign_json({}, text).error().code, Errc::invalid);
    EXPECT_TRUE(verifier.verify_json(sign_json(std::span(signers).first(1), text).value()));
}

// RFC 7797 section 4.
TEST(Jws, signs_an_unencoded_payload_as_rfc_7797) {
    const std::string encoded = "eyJhbGciOiJIUzI1NiJ9.JC4wMg.5mvfOroL-g7HyqJoozehmsaqmvTYGEq5jTI1gVvoEoQ";
    const std::string unencoded =
        "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19..A5dxf2s96_n5FLueVuW1Z_"
        "vh161FwXZC4YLPff6dmDY";
    const SigningKey key = signer(a1_key);

    EXPECT_EQ(sign_compact(key, as_bytes("$.02")), encoded);
    EXPECT_EQ(sign_compact(key, as_bytes("$.02"), {.payload = PayloadForm::detached_unencoded}), unencoded);
    const KeySet set = keys({a1_key});
    EXPECT_TRUE(JwsVerifier(set, every).verify_compact(encoded));
    EXPECT_TRUE(JwsVerifier(set, every).verify_compact(unencoded, as_bytes("$.02")));
}

TEST(Jws, takes_b64_only_when_it_is_critical_and_protected) {
    const KeySet set = keys({a1_key});
    const JwsVerifier verifier(set, every);
    const auto sign_with = [](std::string_view header, std::string_view text) {
        std::string input = base64url_encode(as_bytes(header)) + "." + std::string(text);
        return input + "." + base64url_encode(signer(a1_key).sign(as_bytes(input)).value());
    };

    EXPECT_TRUE(verifier.verify_compact(sign_with(R"({"alg":"HS256","b64":false,"crit":["b64"]})", "text!")));
    EXPECT_TRUE(verifier.verify_compact(sign_with(R"({"alg":"HS256","b64":true,"crit":["b64"]})", "AAAA")));
    EXPECT_EQ(
        refusal(verifier.verify_compact(sign_with(R"({"alg":"HS256","b64":false})", "text"))), Errc::malformed
    );
    EXPECT_EQ(
        refusal(verifier.verify_compact(sign_with(R"({"alg":"HS256","b64":"no","crit":["b64"]})", "text"))),
        Errc::malformed
    );
    EXPECT_EQ(
        refusal(verifier.verify_json(
            R"({"payload":"x","header":{"alg":"HS256","b64":false,"crit":["b64"]},"signature":"AAAA"})"
        )),
        Errc::malformed
    );
}

// RFC 8037 appendix A.4.
TEST(Jws, signs_with_ed25519_as_rfc_8037) {
    const SigningKey key =
        signer(R"({"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",)"
               R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");

    EXPECT_EQ(
        sign_compact(key, as_bytes("Example of Ed25519 signing")),
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
        "09PGcvMg3AIbQR6dWb"
        "hijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    );
}

TEST(Jws, refuses_what_is_malformed) {
    const KeySet set = keys({a1_key});
    const JwsVerifier verifier(set, every);

    for (const std::string_view text : {
             "",
             ".",
             "..",
             "a.b",
             "a.b.c.d",
             ".AAAA.AAAA",
             "eyJhbGciOiJIUzI1NiJ9.AAAA.AAA=",
             "eyJhbGciOiJIUzI1NiJ9 .AAAA.AAAA",
             "W10.AAAA.AAAA",
         }) {
        EXPECT_EQ(refusal(verifier.verify_compact(text)), Errc::malformed) << text;
    }
    for (const std::string_view text : {
             "",
             "[]",
             "{}",
             R"({"payload":"AAAA"})",
             R"({"payload":1,"signature":"AAAA"})",
             R"({"payload":"AAAA","signatures":[]})",
             R"({"payload":"AAAA","signatures":[1]})",
             R"({"payload":"AAAA","signatures":[{}],"signature":"AAAA"})",
             R"({"payload":"AAAA","protected":"","signature":"AAAA"})",
             R"({"payload":"AAAA","protected":{},"signature":"AAAA"})",
             R"({"payload":"AAAA","header":1,"signature":"AAAA"})",
             R"({"payload":"AAAA","protected":"eyJhbGciOiJIUzI1NiJ9","header":{"alg":"HS256"},"signature":"AAAA"})",
         }) {
        EXPECT_EQ(refusal(verifier.verify_json(text)), Errc::malformed) << text;
    }
    EXPECT_EQ(refusal(verifier.verify_compact(std::string(30'000, 'A') + ".A.A")), Errc::too_large);
    EXPECT_EQ(
        refusal(verifier.verify_compact("eyJhbGciOiJIUzI1NiJ9.AAAA." + std::string(2000, 'A'))),
        Errc::too_large
    );
}

// Anybody on the way can add to the header that is not signed.
TEST(Jws, tells_no_type_that_was_not_signed) {
    const SigningKey key = SigningKey::make(Jwk::parse(a1_key).value(), JwsAlgorithm::hs256).value();
    std::string text = sign_json(std::span(&key, 1), as_bytes("payload")).value();
    text.insert(1, R"("header":{"typ":"at+jwt","cty":"JWT"},)");
    const KeySet keys(VerificationKey::make(Jwk::parse(a1_key).value(), JwsAlgorithm::hs256).value());

    const VerifiedJws verified = JwsVerifier(keys, JwsAlgorithm::hs256).verify_json(text).value();

    EXPECT_EQ(verified.headers[0].typ, "");
    EXPECT_EQ(verified.headers[0].cty, "");
}

TEST(KeySet, finds_one_key_or_none) {
    const auto key = [](std::string_view kid) {
        Jwk jwk = Jwk::parse(a1_key).value();
        jwk.set_kid(std::string(kid));
        return VerificationKey::make(jwk).value();
    };
    const auto find = [](const KeySet& set, std::optional<std::string_view> kid) {
        const auto found = set.find({JwsAlgorithm::hs256, kid});
        return found ? (*found)->kid() : std::string(name(found.error().code));
    };
    const KeySet named({key("a"), key("b")});
    const KeySet mixed({key(""), key("b")});
    const KeySet nameless(key(""));

    EXPECT_EQ(find(named, "b"), "b");
    EXPECT_EQ(find(named, "c"), "not_found");
    EXPECT_EQ(find(named, std::nullopt), "invalid");
    EXPECT_EQ(find(mixed, "b"), "b");
    EXPECT_EQ(find(mixed, "c"), "");
    EXPECT_EQ(find(nameless, "c"), "");
    EXPECT_EQ(find(nameless, std::nullopt), "");
    EXPECT_FALSE(named.find({JwsAlgorithm::hs384, "a"}));
    EXPECT_EQ(find(KeySet({key("a"), key("a")}), "a"), "invalid");
    EXPECT_EQ(find(KeySet({key(""), key("")}), "c"), "invalid");
}

TEST(KeySet, takes_from_a_jwk_set_what_verifies) {
    const std::string text =
        R"({"keys":[)" + std::string(a2_key) + "," + std::string(a3_key) + "," + std::string(a1_key) +
        R"(,{"kty":"OKP","crv":"X25519","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"}]})";
    const JwkSet set = JwkSet::parse(text).value();

    EXPECT_EQ(KeySet::make(set, every).size(), 3U);
    EXPECT_EQ(KeySet::make(set, JwsAlgorithm::rs256).size(), 1U);
    EXPECT_EQ(KeySet::make(set, JwsAlgorithm::ps256).size(), 0U) << "the RSA key says RS256";
}

// The other algorithms of RSA have the same keys, which take their time to make.
TEST(SigningKey, is_generated_for_every_kind_of_algorithm) {
    using enum JwsAlgorithm;
    SystemRandom random;
    for (const JwsAlgorithm algorithm : {hs256, hs384, hs512, ps256, es256, es384, es512, eddsa}) {
        const Jwk jwk = generate_key(algorithm, random);
        const SigningKey key = SigningKey::make(jwk).value();
        const KeySet set(VerificationKey::make(jwk).value());

        const std::string jws = sign_compact(key, as_bytes("text")).value();

        EXPECT_EQ(key.algorithm(), algorithm);
        EXPECT_EQ(key.kid(), jwk.thumbprint());
        EXPECT_EQ(jwk.use(), "sig");
        EXPECT_TRUE(JwsVerifier(set, algorithm).verify_compact(jws)) << name(algorithm);
    }
}

TEST(SigningKey, is_made_only_of_what_fits) {
    const auto refused = [](std::string_view jwk, auto... algorithm) {
        const Result<SigningKey> key = SigningKey::make(Jwk::parse(jwk).value(), algorithm...);
        return key ? std::string("made") : std::string(name(key.error().code));
    };

    EXPECT_EQ(refused(a2_key), "invalid") << "a public key";
    EXPECT_EQ(refused(a3_key, JwsAlgorithm::hs256), "invalid");
    EXPECT_EQ(refused(a3_key, JwsAlgorithm::es384), "invalid");
    EXPECT_EQ(refused(a1_key, JwsAlgorithm::hs512), "invalid") << "it says HS256";
    EXPECT_EQ(refused(R"({"kty":"oct","k":"AAAA"})"), "invalid") << "no algorithm";
    EXPECT_EQ(refused(R"({"kty":"oct","k":"AAAA","alg":"A128KW"})"), "unsupported");
    EXPECT_EQ(refused(R"({"kty":"oct","k":"AAAA","alg":"none"})"), "unsupported");
    EXPECT_EQ(refused(a1_key), "made");
}

}  // namespace
}  // namespace cardea::jose
