// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/jose/jwe.h"
#include "tests/support/fixed_random.h"
#include "tests/support/vectors.h"
#include "tests/support/wycheproof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <optional>

namespace cardea::jose {
namespace {

using Counts = std::map<std::string, int>;

const std::vector<ContentEncryption> all = all_content_encryptions();

/// A reader with the key of a Wycheproof group; with none when its algorithm is left out.
JweDecrypter reader_for(const Json& key) {
    const Result<DecryptionKey> typed = DecryptionKey::make(Jwk::from_json(key).value());
    return {typed ? std::vector{*typed} : std::vector<DecryptionKey>(), all};
}

/// What a JWE asks for that is left out on purpose.
std::string left_out_name(std::string_view compact) {
    const Bytes header = base64url_decode(compact.substr(0, compact.find('.'))).value();
    const Json json = parse_json(as_text(header)).value();
    return json.find("zip") != nullptr ? "zip" : std::string(json.find_text("alg").value());
}

TEST(JweVectors, agree_with_wycheproof) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/json_web_encryption_test.json");
    Counts outcome;
    Counts left_out;

    const std::size_t count =
        testing::for_each_wycheproof_case(file, [&](const testing::WycheproofCase& one) {
            const std::string_view jwe = one.test.find_text("jwe").value();
            const Result<OpenedJwe> opened = reader_for(*one.group.find("private")).decrypt(jwe);
            if (!opened && opened.error().code == Errc::unsupported) {
                ++left_out[left_out_name(jwe)];
                return;
            }
            ASSERT_EQ(opened.has_value(), one.is_valid()) << opened.error().context;
            if (opened) {
                EXPECT_EQ(opened->plaintext.expose(), as_text(one.hex("pt")));
            }
            ++outcome[opened ? "opened" : "refused"];
        });

    EXPECT_EQ(count, 139U);
    EXPECT_EQ(outcome, (Counts{{"opened", 42}, {"refused", 52}}));
    EXPECT_EQ(left_out, (Counts{{"RSA-OAEP", 7}, {"RSA-OAEP-256", 7}, {"RSA1_5", 30}, {"zip", 1}}));
    std::cout << "[ vectors  ] Wycheproof JWE: " << count << " cases, " << ::testing::PrintToString(outcome)
              << ", left out " << ::testing::PrintToString(left_out) << '\n';
}

Json cookbook(const std::string& file) {
    return parse_json(file).value();
}

std::string_view text_at(const Json& json, std::initializer_list<std::string_view> path) {
    const Json* here = &json;
    for (const std::string_view member : path) {
        here = here->find(member);
    }
    return here->as_text().value();
}

/// Opens every serialization that the example has.
void open_example(const Json& example, const JweDecrypter& reader) {
    const std::string_view plaintext = text_at(example, {"input", "plaintext"});
    for (const Json::Member& output : example.find("output")->members()) {
        SCOPED_TRACE(output.name);
        const Result<OpenedJwe> opened = output.value.as_text()
                                             ? reader.decrypt(*output.value.as_text())
                                             : reader.decrypt_json(to_string(output.value));
        ASSERT_TRUE(opened) << opened.error().context;
        EXPECT_EQ(opened->plaintext.expose(), plaintext);
        EXPECT_EQ(opened->aad, example.find("input")->find_text("aad").value_or(""));
        const Json* header = example.find("encrypting_content")->find("protected");
        EXPECT_EQ(opened->header, header != nullptr ? *header : Json(Json::Object()));
    }
}

/// A reader with the example's key for the algorithm that it names beside it.
JweDecrypter reader_of(const Json& key, std::string_view alg, std::string_view enc) {
    Jwk jwk = Jwk::from_json(key).value();
    jwk.set_alg(alg == "dir" ? enc : alg);
    return {{DecryptionKey::make(jwk).value()}, all};
}

constexpr std::array read_examples{
    "jwe/5_4.key_agreement_with_key_wrapping_using_ecdh-es_and_aes-keywrap_with_aes-gcm",
    "jwe/5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2",
    "jwe/5_6.direct_encryption_using_aes-gcm",
    "jwe/5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2",
    "jwe/5_8.key_wrap_using_aes-keywrap_with_aes-gcm",
    "jwe/5_10.including_additional_authentication_data",
    "jwe/5_11.protecting_specific_header_fields",
    "jwe/5_12.protecting_content_only",
    "curve25519/ecdh-es",
};

TEST(JweVectors, agree_with_the_jose_cookbook) {
    for (const std::string name : read_examples) {
        SCOPED_TRACE(name);
        CARDEA_VECTORS_OR_SKIP(file, "jose-cookbook/" + name + ".json");
        const Json example = cookbook(file);

        const Json& input = *example.find("input");
        open_example(
            example, reader_of(*input.find("key"), text_at(input, {"alg"}), text_at(input, {"enc"}))
        );
    }
    std::cout << "[ vectors  ] JOSE cookbook: " << read_examples.size() << " examples opened\n";
}

TEST(JweVectors, refuse_what_the_cookbook_has_and_we_leave_out) {
    Counts left_out;
    for (const std::string name : {
             "jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2",
             "jwe/5_2.key_encryption_using_rsa-oaep_with_aes-gcm",
             "jwe/5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2",
             "jwe/5_9.compressed_content",
             "6.nesting_signatures_and_encryption",
         }) {
        CARDEA_VECTORS_OR_SKIP(file, "jose-cookbook/" + name + ".json");
        const Json json = cookbook(file);
        const Json* nested = json.find("encrypt");
        const std::string_view jwe = text_at(nested != nullptr ? *nested : json, {"output", "compact"});

        EXPECT_EQ(JweDecrypter({}, all).decrypt(jwe).error().code, Errc::unsupported);
        ++left_out[left_out_name(jwe)];
    }

    EXPECT_EQ(left_out, (Counts{{"PBES2-HS512+A256KW", 1}, {"RSA-OAEP", 2}, {"RSA1_5", 1}, {"zip", 1}}));
}

// Two of the three recipients; the first has an algorithm that is left out.
TEST(JweVectors, agree_with_the_cookbook_about_several_recipients) {
    CARDEA_VECTORS_OR_SKIP(file, "jose-cookbook/jwe/5_13.encrypting_to_multiple_recipients.json");
    const Json example = cookbook(file);
    const std::span<const Json> keys = example.find("input")->find("key")->items();
    const std::span<const Json> algorithms = example.find("input")->find("alg")->items();

    for (const std::size_t recipient : {1U, 2U}) {
        open_example(example, reader_of(keys[recipient], algorithms[recipient].as_text().value(), ""));
    }
}

/// What the example drew, in our order: the content key, the nonce of its wrapping, the IV.
Bytes draws_of(const Json& example) {
    Bytes draws;
    for (const std::optional<std::string_view> part :
         {example.find("generated")->find_text("cek"),
          example.find("encrypting_key") != nullptr ? example.find("encrypting_key")->find_text("iv")
                                                    : std::nullopt,
          example.find("generated")->find_text("iv")}) {
        const Bytes bytes = base64url_decode(part.value_or("")).value();
        draws.insert(draws.end(), bytes.begin(), bytes.end());
    }
    return draws;
}

TEST(JweVectors, are_written_as_the_cookbook_does) {
    for (const std::string name : {
             "5_6.direct_encryption_using_aes-gcm",
             "5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2",
             "5_8.key_wrap_using_aes-keywrap_with_aes-gcm",
             "5_10.including_additional_authentication_data",
         }) {
        SCOPED_TRACE(name);
        CARDEA_VECTORS_OR_SKIP(file, "jose-cookbook/jwe/" + name + ".json");
        const Json example = cookbook(file);
        const Json& input = *example.find("input");
        const Jwk jwk = Jwk::from_json(*input.find("key")).value();
        const ContentEncryption encryption = parse_content_encryption(text_at(input, {"enc"})).value();
        const JweEncrypter writer(EncryptionKey::make(jwk).value(), encryption);
        const ByteView plaintext = as_bytes(text_at(input, {"plaintext"}));
        const JweOptions options{.aad = std::string(input.find_text("aad").value_or(""))};

        testing::FixedRandom random(draws_of(example));
        const std::string flattened = writer.encrypt_json(plaintext, random, options).value();
        // Objects are equal whatever the order of their members, which is theirs to choose.
        for (const Json::Member& member : example.find("output")->find("json_flat")->members()) {
            EXPECT_EQ(parse_json(flattened)->find_text(member.name), member.value.as_text());
        }
        if (const auto compact = example.find("output")->find_text("compact")) {
            testing::FixedRandom again(draws_of(example));
            EXPECT_EQ(writer.encrypt(plaintext, again).value(), *compact);
        }
    }
}

const char* const rfc_7516_key = R"({"kty":"oct","k":"GawgguFyGrWKav7AX4VKUg"})";

TEST(JweVectors, agree_with_rfc_7516_appendix_a_3) {
    const std::string_view jwe =
        "eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2Il"
        "rT1oOQ.AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ";
    const Jwk jwk = Jwk::parse(rfc_7516_key).value();
    testing::FixedRandom random(hex_decode("04d31fc5549dfcfe0b649dfa3faa6ace6b7cd42d6f6b09dbc8b100f08f9c2ccf"
                                           "03163c0c2b4368696c6c69636f746865")
                                    .value());
    const JweEncrypter writer(
        EncryptionKey::make(jwk, JweAlgorithm::a128kw).value(), ContentEncryption::a128cbc_hs256
    );
    const JweDecrypter reader({DecryptionKey::make(jwk, JweAlgorithm::a128kw).value()}, all);

    EXPECT_EQ(writer.encrypt(as_bytes("Live long and prosper."), random).value(), jwe);
    EXPECT_EQ(reader.decrypt(jwe).value().plaintext.expose(), "Live long and prosper.");
}

// Appendix A.4.7: the key of the second recipient. Appendix A.5: the same flattened.
TEST(JweVectors, agree_with_rfc_7516_appendix_a_4) {
    const std::string second = R"("header":{"alg":"A128KW","kid":"7"},"encrypted_key":)"
                               R"("6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ")";
    const std::string shared =
        R"({"protected":"eyJlbmMiOiJBMTI4Q0JDLUhTMjU2In0",)"
        R"("unprotected":{"jku":"https://server.example.com/keys.jwks"},"iv":"AxY8DCtDaGlsbGljb3RoZQ",)"
        R"("ciphertext":"KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY","tag":"Mz-VPPyU4RlcuYv1IwIvzw",)";
    const std::string first =
        R"({"header":{"alg":"RSA1_5","kid":"2011-04-29"},"encrypted_key":)"
        R"("UGhIOguC7IuEvf_NPVaXsGMoLOmwvc1GyqlIKOK1nN94nHPoltGRhWhw7Zx0-kFm1NJn8LE9XShH59_i8J0PH5ZZyNfGy2xG)"
        R"(dULU7sHNF6Gp2vPLgNZ__deLKxGHZ7PcHALUzoOegEI-8E66jX2E4zyJKx-YxzZIItRzC5hlRirb6Y5Cl_p-ko3YvkkysZIFNPcc)"
        R"(xRU7qve1WYPxqbb2Yw8kZqa2rMWI5ng8OtvzlV7elprCbuPhcCdZ6XDP0_F8rkXds2vE4X-ncOIM8hAYHHi29NX0mcKiRaD0-D-l)"
        R"(jQTP-cFPgwCp6X-nZZd9OHBv-B3oWh2TbqmScqXMR4gp_A"})";
    const Jwk jwk = Jwk::parse(rfc_7516_key).value().set_kid("7");
    const JweDecrypter reader({DecryptionKey::make(jwk, JweAlgorithm::a128kw).value()}, all);

    const Result<OpenedJwe> general =
        reader.decrypt_json(shared + R"("recipients":[)" + first + ",{" + second + "}]}");
    const Result<OpenedJwe> flattened = reader.decrypt_json(shared + second + "}");

    ASSERT_TRUE(general && flattened);
    EXPECT_EQ(general->plaintext.expose(), "Live long and prosper.");
    EXPECT_EQ(flattened->plaintext.expose(), "Live long and prosper.");
    EXPECT_EQ(to_string(general->header), R"({"enc":"A128CBC-HS256"})");
}

}  // namespace
}  // namespace cardea::jose
