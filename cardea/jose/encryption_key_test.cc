// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/encryption_key.h"

#include <gtest/gtest.h>

#include <vector>

namespace cardea::jose {
namespace {

struct Case {
    std::string jwk;
    JweAlgorithm algorithm;
    bool writes;
    bool reads;
};

const std::string secret = R"({"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODw")";  // 16 bytes
const std::string x25519 = R"({"kty":"OKP","crv":"X25519","x":"hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo")";
const std::string x25519_pair = x25519 + R"(,"d":"dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo")";
const std::string ed25519 =
    R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")";

TEST(EncryptionKey, is_of_the_kind_that_its_algorithm_takes) {
    const std::vector<Case> cases{
        {secret + "}", JweAlgorithm::a128kw, true, true},
        {secret + "}", JweAlgorithm::a128gcmkw, true, true},
        {secret + "}", JweAlgorithm::a192kw, false, false},
        {secret + "}", JweAlgorithm::ecdh_es, false, false},
        {secret + "}", JweAlgorithm::dir, false, false},
        {x25519 + "}", JweAlgorithm::ecdh_es, true, false},
        {x25519_pair + "}", JweAlgorithm::ecdh_es_a256kw, true, true},
        {x25519_pair + "}", JweAlgorithm::a256kw, false, false},
        {ed25519 + "}", JweAlgorithm::ecdh_es, false, false},
    };
    for (const Case& one : cases) {
        const Jwk jwk = Jwk::parse(one.jwk).value();
        EXPECT_EQ(EncryptionKey::make(jwk, one.algorithm).has_value(), one.writes) << one.jwk;
        EXPECT_EQ(DecryptionKey::make(jwk, one.algorithm).has_value(), one.reads) << one.jwk;
    }
}

TEST(EncryptionKey, is_for_what_its_jwk_says) {
    const std::vector<Case> cases{
        {secret + R"(,"alg":"A128KW"})", JweAlgorithm::a128kw, true, true},
        {secret + R"(,"alg":"A128KW"})", JweAlgorithm::a128gcmkw, false, false},
        {secret + R"(,"alg":"HS256"})", JweAlgorithm::a128kw, false, false},
        {secret + R"(,"use":"enc"})", JweAlgorithm::a128kw, true, true},
        {secret + R"(,"use":"sig"})", JweAlgorithm::a128kw, false, false},
        {secret + R"(,"key_ops":["wrapKey"]})", JweAlgorithm::a128kw, true, false},
        {secret + R"(,"key_ops":["unwrapKey"]})", JweAlgorithm::a128kw, false, true},
        {secret + R"(,"key_ops":["encrypt","decrypt"]})", JweAlgorithm::a128kw, false, false},
        {x25519_pair + R"(,"use":"sig"})", JweAlgorithm::ecdh_es, false, false},
        {x25519_pair + R"(,"use":"tls"})", JweAlgorithm::ecdh_es, false, false},
        {x25519_pair + R"(,"key_ops":["deriveBits"]})", JweAlgorithm::ecdh_es, true, true},
        // What browsers write for a public key that is for ECDH.
        {x25519 + R"(,"key_ops":[]})", JweAlgorithm::ecdh_es, true, false},
    };
    for (const Case& one : cases) {
        const Jwk jwk = Jwk::parse(one.jwk).value();
        EXPECT_EQ(EncryptionKey::make(jwk, one.algorithm).has_value(), one.writes) << one.jwk;
        EXPECT_EQ(DecryptionKey::make(jwk, one.algorithm).has_value(), one.reads) << one.jwk;
    }
}

TEST(EncryptionKey, is_for_the_algorithm_that_its_jwk_names) {
    const auto named = [](const std::string& alg) { return Jwk::parse(secret + "}").value().set_alg(alg); };

    EXPECT_EQ(EncryptionKey::make(named("A128GCMKW")).value().algorithm(), JweAlgorithm::a128gcmkw);
    EXPECT_EQ(DecryptionKey::make(named("A128GCM")).value().algorithm(), JweAlgorithm::dir);
    EXPECT_EQ(DecryptionKey::make(named("A128GCM")).value().encryption(), ContentEncryption::a128gcm);
    EXPECT_EQ(EncryptionKey::make(named("")).error().code, Errc::invalid);
    EXPECT_EQ(EncryptionKey::make(named("dir")).error().code, Errc::invalid);
    EXPECT_EQ(EncryptionKey::make(named("A256KW")).error().code, Errc::invalid);
    EXPECT_EQ(EncryptionKey::make(named("HS256")).error().code, Errc::unsupported);
}

TEST(EncryptionKey, a_direct_key_is_for_one_encryption) {
    const std::vector<std::pair<std::string, bool>> cases{
        {secret + "}", true},
        {secret + R"(,"alg":"dir"})", true},
        {secret + R"(,"alg":"A128GCM"})", true},
        {secret + R"(,"alg":"A128KW"})", false},
        {secret + R"(,"key_ops":["encrypt","decrypt"]})", true},
        {secret + R"(,"key_ops":["wrapKey","unwrapKey"]})", false},
        {x25519_pair + "}", false},
    };
    for (const auto& [text, is_right] : cases) {
        const Jwk jwk = Jwk::parse(text).value();
        EXPECT_EQ(EncryptionKey::direct(jwk, ContentEncryption::a128gcm).has_value(), is_right) << text;
        EXPECT_EQ(DecryptionKey::direct(jwk, ContentEncryption::a128gcm).has_value(), is_right) << text;
        EXPECT_EQ(EncryptionKey::direct(jwk, ContentEncryption::a256gcm).error().code, Errc::invalid);
    }
}

}  // namespace
}  // namespace cardea::jose
