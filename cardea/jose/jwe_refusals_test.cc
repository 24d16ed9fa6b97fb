// SPDX-License-Identifier: Apache-2.0
// What a reader of JWEs refuses: what was changed, is for somebody else, or says two things.
#include "cardea/base/base64url.h"
#include "cardea/jose/detail/content_cipher.h"
#include "tests/support/jwe_fixture.h"

namespace cardea::jose {
namespace {

using testing::join;
using testing::split;

class JweRefusals : public testing::JweFixture {};

/// The JWE with another header, as an attacker would write it.
std::string with_header(const std::string& jwe, const std::string& header) {
    return base64url_encode(as_bytes(header)) + jwe.substr(jwe.find('.'));
}

// RFC 7516 section 11.5: nothing tells which of them was wrong.
TEST_F(JweRefusals, whatever_was_changed_fails_alike) {
    const Error expected{Errc::signature_invalid, "jwe", {}, {}};
    const Jwk curve = pair();
    const Jwk gcm = secret(16);
    const std::vector<std::pair<std::string, JweDecrypter>> cases{
        {written(shared_, JweAlgorithm::a128kw), reader_},
        {written(curve, JweAlgorithm::ecdh_es_a128kw), reader(curve, JweAlgorithm::ecdh_es_a128kw)},
        {written(gcm, JweAlgorithm::a128gcmkw), reader(gcm, JweAlgorithm::a128gcmkw)},
    };

    for (const auto& [jwe, reader] : cases) {
        for (std::size_t changed = 1; changed < 5; ++changed) {
            std::vector<std::string> parts = split(jwe);
            parts[changed].front() = parts[changed].front() == 'A' ? 'B' : 'A';
            EXPECT_EQ(reader.decrypt(join(parts)).error(), expected);
            parts[changed].clear();
            EXPECT_EQ(reader.decrypt(join(parts)).error(), expected);
        }
        EXPECT_EQ(reader.decrypt(with_header(jwe, "{}")).error().code, Errc::malformed);
    }
}

// The key that stands in for one that does not unwrap is no secret.
TEST_F(JweRefusals, a_wrapped_key_that_is_not_ours_opens_nothing) {
    const std::string header = base64url_encode(as_bytes(R"({"alg":"A128KW","enc":"A128GCM"})"));
    const detail::ContentKey zeros{ContentEncryption::a128gcm, SecretText(std::string(16, '\0'))};
    const detail::SealedContent content =
        detail::seal_content(zeros, as_bytes("forged"), as_bytes(header), random_);
    const std::string junk = base64url_encode(Bytes(24, 1));

    const std::string forged = join(
        {header,
         junk,
         base64url_encode(content.iv),
         base64url_encode(content.ciphertext),
         base64url_encode(content.tag)}
    );

    EXPECT_EQ(reader_.decrypt(forged).error().code, Errc::signature_invalid);
}

TEST_F(JweRefusals, every_changed_character_of_the_header_is_noticed) {
    const std::string jwe = written(shared_, JweAlgorithm::a128kw);

    for (std::size_t i = 0; i < jwe.find('.'); ++i) {
        std::string changed = jwe;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(reader_.decrypt(changed));
    }
}

TEST_F(JweRefusals, a_reader_takes_only_what_it_named) {
    const DecryptionKey key = DecryptionKey::make(shared_, JweAlgorithm::a128kw).value();
    const JweDecrypter strict({key}, {ContentEncryption::a256gcm});
    const Jwk named = Jwk(shared_).set_kid("one");

    EXPECT_EQ(strict.decrypt(written(shared_, JweAlgorithm::a128kw)).error().code, Errc::unsupported);
    EXPECT_EQ(reader_.decrypt(written(shared_, JweAlgorithm::a128gcmkw)).error().code, Errc::not_found);
    EXPECT_TRUE(reader_.decrypt(written(named, JweAlgorithm::a128kw)));
    EXPECT_EQ(
        reader(Jwk(shared_).set_kid("two"), JweAlgorithm::a128kw)
            .decrypt(written(named, JweAlgorithm::a128kw))
            .error()
            .code,
        Errc::not_found
    );
}

TEST_F(JweRefusals, the_right_one_of_several_keys_opens_it) {
    const DecryptionKey other = DecryptionKey::make(secret(16), JweAlgorithm::a128kw).value();
    const DecryptionKey right = DecryptionKey::make(shared_, JweAlgorithm::a128kw).value();
    const std::string jwe = written(shared_, JweAlgorithm::a128kw);

    EXPECT_TRUE(JweDecrypter({other, right}, all_).decrypt(jwe));
    EXPECT_TRUE(JweDecrypter({right, other}, all_).decrypt(jwe));
    EXPECT_EQ(JweDecrypter({other}, all_).decrypt(jwe).error().code, Errc::signature_invalid);
}

struct HeaderCase {
    std::string header;
    Errc expected;
};

TEST_F(JweRefusals, headers_that_mean_something_else_are_refused) {
    const std::string jwe = written(shared_, JweAlgorithm::a128kw);
    const std::vector<HeaderCase> cases{
        {R"({"alg":"A128KW","enc":"A128GCM","zip":"DEF"})", Errc::unsupported},
        {R"({"alg":"A128KW","enc":"A128GCM","crit":["exp"],"exp":1})", Errc::unsupported},
        {R"({"alg":"RSA1_5","enc":"A128GCM"})", Errc::unsupported},
        {R"({"alg":"none","enc":"A128GCM"})", Errc::unsupported},
        {R"({"alg":"a128kw","enc":"A128GCM"})", Errc::unsupported},
        {R"({"alg":"PBES2-HS256+A128KW","p2s":"c2FsdA","p2c":2147483647,"enc":"A128GCM"})", Errc::unsupported
        },
        {R"({"alg":"A128KW","enc":"none"})", Errc::unsupported},
        {R"({"alg":"A128KW"})", Errc::malformed},
        {R"({"enc":"A128GCM"})", Errc::malformed},
        {R"({"alg":"A128KW","enc":"A128GCM","kid":7})", Errc::malformed},
        {R"({"alg":"A128KW","enc":"A128GCM","crit":[]})", Errc::malformed},
        {R"({"alg":["A128KW"],"enc":"A128GCM"})", Errc::malformed},
        {R"({"alg":"A128KW","alg":"A128KW","enc":"A128GCM"})", Errc::malformed},
        {R"(["A128KW"])", Errc::malformed},
        {"", Errc::malformed},
    };
    for (const HeaderCase& one : cases) {
        EXPECT_EQ(reader_.decrypt(with_header(jwe, one.header)).error().code, one.expected) << one.header;
    }
}

TEST_F(JweRefusals, an_encrypted_key_beside_an_agreed_or_shared_one_is_refused) {
    const Jwk curve = pair();
    std::vector<std::string> agreed = split(written(curve, JweAlgorithm::ecdh_es));
    const EncryptionKey direct = EncryptionKey::direct(shared_, ContentEncryption::a128gcm).value();
    std::vector<std::string> shared =
        split(JweEncrypter(direct, ContentEncryption::a128gcm).encrypt({}, random_).value());
    const JweDecrypter reader_of_shared(
        {DecryptionKey::direct(shared_, ContentEncryption::a128gcm).value()}, all_
    );
    EXPECT_TRUE(agreed[1].empty() && shared[1].empty());

    agreed[1] = shared[1] = "AAAA";

    EXPECT_EQ(reader(curve, JweAlgorithm::ecdh_es).decrypt(join(agreed)).error().code, Errc::malformed);
    EXPECT_EQ(reader_of_shared.decrypt(join(shared)).error().code, Errc::malformed);
}

TEST_F(JweRefusals, an_ephemeral_key_that_is_none_is_refused) {
    const Jwk curve = pair();
    const Jwk other = pair(crypto::KeyKind::p384);
    const JweDecrypter reader = this->reader(curve, JweAlgorithm::ecdh_es);
    const std::string jwe = written(curve, JweAlgorithm::ecdh_es);
    const std::string begin = R"({"alg":"ECDH-ES","enc":"A128GCM","epk":)";
    const std::string zero = std::string(43, 'A');
    const std::vector<HeaderCase> cases{
        {R"({"alg":"ECDH-ES","enc":"A128GCM"})", Errc::malformed},
        {begin + "7}", Errc::malformed},
        {begin + R"({"kty":"EC","crv":"P-256","x":")" + zero + R"(","y":")" + zero + R"("}})", Errc::invalid},
        {begin + R"({"kty":"OKP","crv":"X25519","x":")" + zero + R"("}})", Errc::invalid},
        {begin + other.to_json() + "}", Errc::invalid},
        {begin + std::string(curve.to_private_json().expose()) + "}", Errc::malformed},
        {begin + R"({"kty":"oct","k":"AAAA"}})", Errc::malformed},
        {begin + curve.to_json() + R"(,"apu":"not base64url"})", Errc::malformed},
    };
    for (const HeaderCase& one : cases) {
        EXPECT_EQ(reader.decrypt(with_header(jwe, one.header)).error().code, one.expected) << one.header;
    }
}

TEST_F(JweRefusals, json_that_says_two_things_is_refused) {
    const std::string whole =
        writer(shared_, JweAlgorithm::a128kw).encrypt_json(as_bytes("m"), random_).value();
    const std::string open = whole.substr(0, whole.size() - 1);
    const std::vector<HeaderCase> cases{
        {open + R"(,"unprotected":{"alg":"A128KW"}})", Errc::malformed},
        {open + R"(,"header":{"enc":"A128GCM"}})", Errc::malformed},
        {open + R"(,"unprotected":{"a":1},"header":{"a":1}})", Errc::malformed},
        {open + R"(,"unprotected":[]})", Errc::malformed},
        {open + R"(,"header":{"crit":["b64"]}})", Errc::unsupported},
        {open + R"(,"recipients":[{}]})", Errc::malformed},
        {open + R"(,"iv":"AAAA"})", Errc::malformed},
        {open + R"(,"aad":"AAAA"})", Errc::signature_invalid},
        {open + R"(,"aad":7})", Errc::malformed},
        {open + R"(,"aad":"+"})", Errc::malformed},
        {open, Errc::malformed},
        {"[]", Errc::malformed},
        {R"({"ciphertext":"AAAA"})", Errc::malformed},
        {R"({"ciphertext":"AAAA","recipients":[]})", Errc::malformed},
        {R"({"ciphertext":"AAAA","recipients":{}})", Errc::malformed},
        {R"({"ciphertext":"AAAA","recipients":[7]})", Errc::malformed},
        {R"({"ciphertext":"AAAA","protected":{}})", Errc::malformed},
    };
    ASSERT_TRUE(reader_.decrypt_json(whole));
    for (const HeaderCase& one : cases) {
        EXPECT_EQ(reader_.decrypt_json(one.header).error().code, one.expected) << one.header;
    }
}

TEST_F(JweRefusals, one_encryption_is_for_all_recipients) {
    const std::string jwe =
        R"({"ciphertext":"AAAA","recipients":[{"header":{"alg":"A128KW","enc":"A128GCM"}},)"
        R"({"header":{"alg":"A128KW","enc":"A256GCM"}}]})";

    EXPECT_EQ(reader_.decrypt_json(jwe).error().code, Errc::malformed);
}

TEST_F(JweRefusals, compact_and_json_are_told_apart) {
    const JweEncrypter writer = this->writer(shared_, JweAlgorithm::a128kw);

    EXPECT_EQ(reader_.decrypt(writer.encrypt_json({}, random_).value()).error().code, Errc::malformed);
    EXPECT_EQ(reader_.decrypt_json(writer.encrypt({}, random_).value()).error().code, Errc::malformed);
    EXPECT_EQ(writer.encrypt({}, random_, {.aad = "seen"}).error().code, Errc::invalid);
}

TEST_F(JweRefusals, a_jwe_has_five_parts) {
    const std::string jwe = written(shared_, JweAlgorithm::a128kw);

    for (const std::string& text :
         {std::string(), std::string("...."), jwe + ".", jwe.substr(jwe.find('.') + 1)}) {
        EXPECT_EQ(reader_.decrypt(text).error().code, Errc::malformed) << text;
    }
    EXPECT_FALSE(reader_.decrypt(jwe + "="));
    EXPECT_FALSE(reader_.decrypt(" " + jwe));
    EXPECT_FALSE(reader_.decrypt(jwe + "\n"));
}

TEST_F(JweRefusals, sizes_are_bounded) {
    const JweEncrypter writer = this->writer(shared_, JweAlgorithm::a128kw);
    const std::string large(max_jwe_size, 'a');
    std::string recipients = R"({"ciphertext":"AAAA","recipients":[{})";
    for (std::size_t i = 0; i < max_jwe_recipients; ++i) {
        recipients += ",{}";
    }

    EXPECT_EQ(writer.encrypt(as_bytes(large), random_).error().code, Errc::too_large);
    EXPECT_EQ(writer.encrypt_json(as_bytes(large + "a"), random_).error().code, Errc::too_large);
    EXPECT_EQ(reader_.decrypt(large + "a").error().code, Errc::too_large);
    EXPECT_EQ(reader_.decrypt_json(recipients + "]}").error().code, Errc::too_large);
    const std::string half = large.substr(large.size() / 2);
    EXPECT_EQ(
        reader_.decrypt(writer.encrypt(as_bytes(half), random_).value()).value().plaintext.expose(), half
    );
}

}  // namespace
}  // namespace cardea::jose
