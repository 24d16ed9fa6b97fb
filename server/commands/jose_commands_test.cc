// SPDX-License-Identifier: Apache-2.0
#include "tests/support/command_fixture.h"

#include <gmock/gmock.h>

namespace cardea::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class JoseCommandsTest : public testing::CommandFixture {
 protected:
    /// A file with a new key.
    std::string new_key(const std::string& algorithm) {
        EXPECT_EQ(run({"jwk", "new", "--alg", algorithm}), ExitStatus::done);
        return file(algorithm, out_.str());
    }
};

TEST_F(JoseCommandsTest, a_token_goes_round_with_every_kind_of_key) {
    for (const char* algorithm : {"HS256", "HS512", "PS256", "ES256", "ES512", "EdDSA"}) {
        const std::string key = new_key(algorithm);

        ASSERT_EQ(
            run({"jwt", "sign", "--key", key, "--at", "1700000000"}, R"({"sub":"anna","exp":1700000060})"),
            ExitStatus::done
        );
        const std::string token = out_.str();

        EXPECT_EQ(run({"jwt", "verify", "--key", key, "--at", "1700000059"}, token), ExitStatus::done);
        EXPECT_EQ(line(), R"({"sub":"anna","exp":1700000060,"iat":1700000000})");
        EXPECT_EQ(run({"jwt", "verify", "--key", key, "--at", "1700000060"}, token), ExitStatus::failed);
        EXPECT_THAT(err_.str(), HasSubstr("expired"));
    }
}

TEST_F(JoseCommandsTest, verify_asks_for_issuer_audience_and_leeway) {
    const std::string key = new_key("ES256");
    const std::string claims = R"({"exp":1700000060})";
    ASSERT_EQ(
        run({"jwt", "sign", "--key", key, "--at", "1700000000", "--iss", "us", "--aud", "api", "--json"},
            claims),
        ExitStatus::done
    );
    const std::string token(printed().find_text("token").value());
    const auto verify = [&](std::vector<std::string> more) {
        std::vector<std::string> arguments{"jwt", "verify", "--key", key, "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments, token);
    };

    EXPECT_EQ(verify({"--at", "1700000000", "--iss", "us", "--aud", "x", "--aud", "api"}), ExitStatus::done);
    EXPECT_EQ(printed().find("valid")->as_bool(), true);
    EXPECT_EQ(printed().find_text("alg"), "ES256");
    EXPECT_EQ(printed().find("claims")->find_text("iss"), "us");
    EXPECT_EQ(verify({"--at", "1700000000", "--iss", "us"}), ExitStatus::failed);
    EXPECT_EQ(printed().find_text("detail"), "jwt: aud");
    EXPECT_EQ(verify({"--at", "1700000000", "--iss", "them", "--aud", "api"}), ExitStatus::failed);
    EXPECT_EQ(verify({"--at", "1700000060", "--aud", "api"}), ExitStatus::failed);
    EXPECT_EQ(printed().find_text("reason"), "expired");
    EXPECT_EQ(verify({"--at", "1700000060", "--aud", "api", "--leeway", "1"}), ExitStatus::done);
}

TEST_F(JoseCommandsTest, keys_come_as_jwk_set_and_pem_too) {
    const std::string first = new_key("ES256");
    const std::string token_key = out_.str();
    ASSERT_EQ(run({"jwt", "sign", "--key", first}, R"({"exp":4000000000})"), ExitStatus::done);
    const std::string token = out_.str();
    new_key("EdDSA");
    const std::string set = file("set", R"({"keys":[{"kty":"new"},)" + out_.str() + "," + token_key + "]}");
    const std::string pem = file(
        "pem",
        "-----BEGIN PUBLIC "
        "KEY-----"
        "\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7\n6e8Tus9uPHvRVEXH8UTNG72bfocs3+"
        "257rn0s2ldbqkLJK2KRiMohYjlrQ==\n-----END PUBLIC KEY-----\n"
    );

    EXPECT_EQ(run({"jwt", "verify", "--key", set}, token), ExitStatus::done);
    EXPECT_EQ(run({"jwt", "verify", "--key", pem}, token), ExitStatus::failed);
    EXPECT_EQ(run({"jwk", "show", "--key", pem}), ExitStatus::done);
    EXPECT_EQ(printed().find_text("crv"), "P-256");
    EXPECT_EQ(run({"jwk", "show", "--key", set}), ExitStatus::done);
    EXPECT_EQ(printed().find("keys")->items().size(), 2U);
    EXPECT_THAT(out_.str(), Not(HasSubstr("\"d\"")));
}

TEST_F(JoseCommandsTest, show_keeps_the_secret_unless_asked) {
    const std::string key = new_key("HS256");
    const std::string pair = new_key("EdDSA");

    EXPECT_EQ(run({"jwk", "show", "--key", key}), ExitStatus::done);
    EXPECT_EQ(printed().find("k"), nullptr);
    EXPECT_EQ(run({"jwk", "show", "--key", key, "--private"}), ExitStatus::done);
    EXPECT_EQ(printed().find_text("k")->size(), 43U);
    EXPECT_EQ(run({"jwk", "show", "--key", pair}), ExitStatus::done);
    EXPECT_EQ(printed().find("d"), nullptr);
    EXPECT_EQ(run({"jwk", "thumbprint", "--key", pair}), ExitStatus::done);
    const std::string thumbprint = line();
    EXPECT_EQ(run({"jwk", "thumbprint", "--key", pair, "--json"}), ExitStatus::done);
    EXPECT_EQ(line(), R"({"thumbprints":[")" + thumbprint + "\"]}");
}

TEST_F(JoseCommandsTest, decode_says_loudly_that_it_verifies_nothing) {
    EXPECT_EQ(run({"jwt", "decode"}, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.\n"), ExitStatus::done);
    EXPECT_EQ(line(), R"({"verified":false,"header":{"alg":"none"},"claims":{"sub":"anna"}})");
    EXPECT_THAT(err_.str(), HasSubstr("NOT VERIFIED"));

    for (const char* text : {"", "a", "a.b", "eyJhbGciOiJub25lIn0", "eyJhbGciOiJub25lIn0."}) {
        EXPECT_EQ(run({"jwt", "decode"}, text), ExitStatus::failed) << text;
        EXPECT_THAT(out_.str(), IsEmpty());
    }
}

TEST_F(JoseCommandsTest, what_cannot_be_signed_or_used_is_told) {
    const std::string key = new_key("HS256");
    const std::string rsa = file(
        "rsa",
        R"({"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"})"
    );

    EXPECT_EQ(run({"jwt", "sign", "--key", key}, R"({"sub":"anna"})"), ExitStatus::failed);
    EXPECT_THAT(err_.str(), HasSubstr("exp is missing"));
    EXPECT_EQ(run({"jwt", "sign", "--key", key, "--no-exp"}, R"({"sub":"anna"})"), ExitStatus::done);
    EXPECT_EQ(run({"jwt", "sign", "--key", key}, "no json"), ExitStatus::failed);
    EXPECT_EQ(run({"jwt", "sign", "--key", key, "--alg", "none"}, "{}"), ExitStatus::usage);
    EXPECT_EQ(run({"jwt", "verify", "--key", key, "--alg", "RS256"}, "a.b.c"), ExitStatus::usage);
    EXPECT_EQ(run({"jwt", "verify", "--key", rsa}, "a.b.c"), ExitStatus::usage);
    EXPECT_THAT(err_.str(), HasSubstr("--alg names one"));
    EXPECT_EQ(run({"jwt", "verify", "--key", rsa, "--alg", "PS256"}, "a.b.c"), ExitStatus::failed);
    EXPECT_EQ(run({"jwt", "sign", "--key", rsa, "--alg", "PS256"}, "{}"), ExitStatus::usage);
    EXPECT_EQ(run({"jwt", "verify", "--key", "/nonexistent"}, "a.b.c"), ExitStatus::usage);
    EXPECT_EQ(run({"jwk", "show", "--key", file("empty", "")}), ExitStatus::usage);
    EXPECT_EQ(run({"jwk", "show", "--key", file("set0", R"({"keys":[]})")}), ExitStatus::usage);
    EXPECT_EQ(run({"jwk", "new", "--alg", "none"}), ExitStatus::usage);
    EXPECT_EQ(run({"jwk", "new"}), ExitStatus::usage);
}

}  // namespace
}  // namespace cardea::server
