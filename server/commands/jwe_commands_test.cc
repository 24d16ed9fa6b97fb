// SPDX-License-Identifier: Apache-2.0
#include "tests/support/command_fixture.h"

#include <gmock/gmock.h>

namespace cardea::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* secret = R"({"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODw","alg":"A128KW","kid":"one"})";
constexpr const char* direct = R"({"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODw","alg":"A128GCM"})";
constexpr const char* curve =
    R"({"kty":"OKP","crv":"X25519","x":"hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo",)"
    R"("d":"dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo"})";

class JweCommandsTest : public testing::CommandFixture {
 protected:
    JweCommandsTest() : CommandFixture("jwe") {}

    std::string key_file(const std::string& text, const std::string& name = "key") {
        return file(name, text);
    }
};

TEST_F(JweCommandsTest, decrypt_what_encrypt_wrote) {
    for (const std::string key : {secret, direct}) {
        ASSERT_EQ(run({"encrypt", "--key", key_file(key)}, "message\n"), ExitStatus::done) << err_.str();
        ASSERT_EQ(run({"decrypt", "--key", key_file(key)}, out_.str()), ExitStatus::done) << err_.str();
        EXPECT_EQ(out_.str(), "message");
    }
}

TEST_F(JweCommandsTest, alg_and_enc_say_what_the_key_does_not) {
    const std::string file = key_file(curve);

    EXPECT_EQ(run({"encrypt", "--key", file}, "message"), ExitStatus::usage);
    EXPECT_THAT(err_.str(), HasSubstr("--alg"));
    EXPECT_EQ(run({"encrypt", "--key", file, "--alg", "RSA1_5"}, "message"), ExitStatus::usage);
    EXPECT_EQ(run({"encrypt", "--key", file, "--alg", "dir"}, "message"), ExitStatus::usage);
    EXPECT_EQ(run({"encrypt", "--key", file, "--alg", "A128KW"}, "message"), ExitStatus::usage);
    EXPECT_EQ(run({"encrypt", "--key", file, "--alg", "ECDH-ES", "--enc", "none"}, ""), ExitStatus::usage);
    const std::vector<std::string> named{"--key", file, "--alg", "ECDH-ES", "--enc", "A256CBC-HS512"};
    std::vector<std::string> encrypting{"encrypt", "--cty", "JWT"};
    encrypting.insert(encrypting.end(), named.begin(), named.end());
    ASSERT_EQ(run(encrypting, "message"), ExitStatus::done) << err_.str();

    const std::string jwe = out_.str();
    EXPECT_EQ(
        run({"decrypt", "--key", file, "--alg", "ECDH-ES", "--enc", "A128GCM"}, jwe), ExitStatus::failed
    );
    ASSERT_EQ(run({"decrypt", "--key", file, "--alg", "ECDH-ES", "--json"}, jwe), ExitStatus::done);
    const Json printed = parse_json(out_.str()).value();
    EXPECT_EQ(printed.find_text("plaintext"), "message");
    EXPECT_EQ(printed.find("header")->find_text("cty"), "JWT");
}

TEST_F(JweCommandsTest, one_key_of_a_set_opens_it) {
    const std::string set = std::string(R"({"keys":[)") + direct + "," + secret + R"(,{"kty":"new"}]})";

    ASSERT_EQ(run({"encrypt", "--key", key_file(secret), "--json"}, "message"), ExitStatus::done);
    const std::string jwe(parse_json(out_.str()).value().find_text("jwe").value());
    ASSERT_EQ(run({"decrypt", "--key", key_file(set, "set")}, jwe), ExitStatus::done) << err_.str();

    EXPECT_EQ(out_.str(), "message");
}

TEST_F(JweCommandsTest, what_does_not_open_is_exit_status_1) {
    const std::string file = key_file(secret);
    ASSERT_EQ(run({"encrypt", "--key", file}, "message"), ExitStatus::done);
    std::string jwe = out_.str();
    jwe[jwe.size() - 10] = jwe[jwe.size() - 10] == 'A' ? 'B' : 'A';

    EXPECT_EQ(run({"decrypt", "--key", file, "--json"}, jwe), ExitStatus::failed);
    EXPECT_EQ(out_.str(), "{\"valid\":false,\"reason\":\"signature_invalid\",\"detail\":\"jwe\"}\n");
    EXPECT_EQ(run({"decrypt", "--key", file}, "nonsense"), ExitStatus::failed);
    EXPECT_EQ(run({"decrypt", "--key", file}, "{}"), ExitStatus::failed);
}

TEST_F(JweCommandsTest, a_key_file_that_is_none_is_exit_status_2) {
    EXPECT_EQ(run({"decrypt", "--key", "/nowhere"}, ""), ExitStatus::usage);
    for (const std::string text :
         {"",
          "7",
          "{}",
          R"({"keys":[]})",
          R"({"keys":[{"kty":"new"}]})",
          "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"}) {
        EXPECT_EQ(run({"decrypt", "--key", key_file(text)}, ""), ExitStatus::usage) << text;
        EXPECT_THAT(err_.str(), HasSubstr("key"));
    }
    const std::string broken = R"({"kty":"oct","k":"c2VjcmV0IQ==","alg":"A128KW"})";
    EXPECT_EQ(run({"decrypt", "--key", key_file(broken)}, ""), ExitStatus::usage);
    EXPECT_THAT(err_.str(), Not(HasSubstr("c2VjcmV0")));
}

}  // namespace
}  // namespace cardea::server
