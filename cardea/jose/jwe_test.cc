// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jwe.h"

#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "tests/support/jwe_fixture.h"

#include <array>

namespace cardea::jose {
namespace {

using testing::join;
using testing::split;

constexpr std::array wrapping_algorithms{
    JweAlgorithm::a128kw,
    JweAlgorithm::a192kw,
    JweAlgorithm::a256kw,
    JweAlgorithm::a128gcmkw,
    JweAlgorithm::a192gcmkw,
    JweAlgorithm::a256gcmkw
};
constexpr std::array agreeing_algorithms{
    JweAlgorithm::ecdh_es,
    JweAlgorithm::ecdh_es_a128kw,
    JweAlgorithm::ecdh_es_a192kw,
    JweAlgorithm::ecdh_es_a256kw
};
constexpr std::array curves{
    crypto::KeyKind::p256, crypto::KeyKind::p384, crypto::KeyKind::p521, crypto::KeyKind::x25519
};

class Jwe : public testing::JweFixture {};

TEST_F(Jwe, every_wrapping_algorithm_opens_what_it_sealed_with_every_encryption) {
    for (const JweAlgorithm algorithm : wrapping_algorithms) {
        for (const ContentEncryption encryption : all_) {
            const Jwk jwk = secret(wrapping_key_size(algorithm));
            const std::string jwe =
                writer(jwk, algorithm, encryption).encrypt(as_bytes("message"), random_).value();
            EXPECT_EQ(reader(jwk, algorithm).decrypt(jwe).value().plaintext.expose(), "message");
        }
    }
}

TEST_F(Jwe, every_agreement_opens_what_it_sealed_on_every_curve) {
    for (const JweAlgorithm algorithm : agreeing_algorithms) {
        for (const crypto::KeyKind curve : curves) {
            for (const ContentEncryption encryption : all_) {
                const Jwk jwk = pair(curve);
                const Jwk public_half(*jwk.public_key());
                const std::string jwe =
                    writer(public_half, algorithm, encryption).encrypt(as_bytes("message"), random_).value();
                EXPECT_EQ(reader(jwk, algorithm).decrypt(jwe).value().plaintext.expose(), "message");
            }
        }
    }
}

TEST_F(Jwe, a_direct_key_opens_what_it_sealed) {
    for (const ContentEncryption encryption : all_) {
        const Jwk jwk = secret(key_size(encryption));
        const JweEncrypter writer(EncryptionKey::direct(jwk, encryption).value(), encryption);
        const JweDecrypter reader({DecryptionKey::direct(jwk, encryption).value()}, all_);

        const std::string jwe = writer.encrypt({}, random_).value();

        EXPECT_EQ(reader.decrypt(jwe).value().plaintext.expose(), "");
        EXPECT_EQ(
            reader.decrypt_json(writer.encrypt_json({}, random_).value()).value().plaintext.expose(), ""
        );
    }
}

TEST_F(Jwe, the_header_says_what_it_is) {
    const Jwk jwk = Jwk(shared_).set_kid("one");
    const JweOptions options{.typ = "at+jwt", .cty = "JWT"};

    const std::string jwe =
        writer(jwk, JweAlgorithm::a128kw).encrypt(as_bytes("message"), random_, options).value();

    EXPECT_EQ(
        to_string(reader_.decrypt(jwe).value().header),
        R"({"alg":"A128KW","kid":"one","enc":"A128GCM","typ":"at+jwt","cty":"JWT"})"
    );
}

TEST_F(Jwe, the_parties_are_part_of_the_key) {
    const Jwk jwk = pair();
    const JweOptions options{.apu = "Alice", .apv = "Bob"};
    const JweEncrypter writer = this->writer(jwk, JweAlgorithm::ecdh_es);
    const JweDecrypter reader = this->reader(jwk, JweAlgorithm::ecdh_es);

    std::vector<std::string> parts = split(writer.encrypt(as_bytes("message"), random_, options).value());

    EXPECT_TRUE(reader.decrypt(join(parts)));
    std::string header(as_text(base64url_decode(parts[0]).value()));
    EXPECT_NE(header.find(R"("apu":"QWxpY2U","apv":"Qm9i")"), std::string::npos);
    EXPECT_EQ(
        this->writer(shared_, JweAlgorithm::a128kw).encrypt({}, random_, options).error().code, Errc::invalid
    );
}

TEST_F(Jwe, several_recipients_each_open_it_with_their_own_key) {
    const Jwk curve = pair(crypto::KeyKind::x25519);
    const Jwk gcm = secret(32);
    const JweEncrypter writer(
        {EncryptionKey::make(shared_, JweAlgorithm::a128kw).value(),
         EncryptionKey::make(curve, JweAlgorithm::ecdh_es_a256kw).value(),
         EncryptionKey::make(gcm, JweAlgorithm::a256gcmkw).value()},
        ContentEncryption::a256cbc_hs512
    );

    const std::string jwe = writer.encrypt_json(as_bytes("message"), random_, {.aad = "seen by all"}).value();

    for (const JweDecrypter& reader :
         {reader_, reader(curve, JweAlgorithm::ecdh_es_a256kw), reader(gcm, JweAlgorithm::a256gcmkw)}) {
        const Result<OpenedJwe> opened = reader.decrypt_json(jwe);
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->plaintext.expose(), "message");
        EXPECT_EQ(opened->aad, "seen by all");
        EXPECT_EQ(to_string(opened->header), R"({"enc":"A256CBC-HS512"})");
    }
    EXPECT_EQ(writer.encrypt({}, random_).error().code, Errc::invalid);
    EXPECT_EQ(
        reader(secret(16), JweAlgorithm::a128kw).decrypt_json(jwe).error().code, Errc::signature_invalid
    );
}

TEST_F(Jwe, direct_keys_have_no_second_recipient) {
    for (const JweAlgorithm first : {JweAlgorithm::ecdh_es, JweAlgorithm::ecdh_es_a128kw}) {
        const JweEncrypter writer(
            {EncryptionKey::make(pair(), first).value(),
             EncryptionKey::make(pair(), JweAlgorithm::ecdh_es).value()},
            ContentEncryption::a128gcm
        );
        EXPECT_EQ(writer.encrypt_json({}, random_).error().code, Errc::invalid);
    }
    const JweEncrypter nobody(std::vector<EncryptionKey>(), ContentEncryption::a128gcm);
    EXPECT_EQ(nobody.encrypt_json({}, random_).error().code, Errc::invalid);
}

}  // namespace
}  // namespace cardea::jose
