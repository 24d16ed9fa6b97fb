// SPDX-License-Identifier: Apache-2.0
#include "tests/support/command_fixture.h"

#include <gmock/gmock.h>

namespace cardea::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

/// RFC 6238 appendix B.
constexpr const char* secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

class TotpCommandsTest : public testing::CommandFixture {
 protected:
    TotpCommandsTest() : CommandFixture("totp") {}
};

TEST_F(TotpCommandsTest, new_makes_a_secret_and_its_uri) {
    EXPECT_EQ(run({"new", "--issuer", "Secure App", "--account", "ada@example.com"}), ExitStatus::done);

    EXPECT_THAT(
        out_.str(),
        MatchesRegex("([A-Z2-7]{32})\notpauth://totp/"
                     "Secure%20App:ada%40example.com[?]secret=[A-Z2-7]{32}&issuer=Secure%20App\n")
    );
    EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(TotpCommandsTest, new_makes_longer_secrets_for_longer_hashes) {
    EXPECT_EQ(run({"new", "--algorithm", "sha512", "--digits", "8", "--json"}), ExitStatus::done);

    EXPECT_EQ(printed().find_text("secret")->size(), 103U);
    EXPECT_THAT(std::string(*printed().find_text("uri")), HasSubstr("&algorithm=SHA512&digits=8"));
}

TEST_F(TotpCommandsTest, code_reads_the_secret_from_standard_input_a_file_or_an_argument) {
    const std::string file = this->file("secret", std::string(secret) + "\nmore\n");

    EXPECT_EQ(run({"code", "--at", "59"}, std::string(secret) + "\n"), ExitStatus::done);
    EXPECT_EQ(out_.str(), "287082\n");
    EXPECT_EQ(run({"code", "--at", "59", "--secret-file", file}), ExitStatus::done);
    EXPECT_EQ(out_.str(), "287082\n");
    EXPECT_EQ(run({"code", "--at", "59", "--secret", secret}), ExitStatus::done);
    EXPECT_EQ(out_.str(), "287082\n");
    EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(TotpCommandsTest, code_takes_every_format) {
    EXPECT_EQ(run({"code", "--at", "59", "--digits", "8", "--json"}, secret), ExitStatus::done);
    EXPECT_EQ(printed().find_text("code"), "94287082");
    EXPECT_EQ(printed().find("step")->as_integer(), 1);
    EXPECT_EQ(printed().find_text("valid_until"), "1970-01-01T00:01:00.000Z");

    const std::string longer = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA";
    EXPECT_EQ(
        run({"code", "--at", "59", "--digits", "8", "--algorithm", "SHA256"}, longer), ExitStatus::done
    );
    EXPECT_EQ(out_.str(), "46119246\n");
    EXPECT_EQ(
        run({"code", "--at", "1111111111", "--digits", "8", "--period", "60"}, secret), ExitStatus::done
    );
    EXPECT_EQ(out_.str(), "19360094\n");
}

TEST_F(TotpCommandsTest, code_reads_a_secret_as_people_copy_it) {
    EXPECT_EQ(run({"code", "--at", "59"}, "gezd gnbv gy3t qojq gezd gnbv gy3t qojq\n"), ExitStatus::done);
    EXPECT_EQ(out_.str(), "287082\n");
}

TEST_F(TotpCommandsTest, verify_says_which_step_it_was) {
    const std::string lines = std::string(secret) + "\n287082\n";

    EXPECT_EQ(run({"verify", "--at", "59"}, lines), ExitStatus::done);
    EXPECT_EQ(out_.str(), "right, of step 1\n");
    EXPECT_EQ(run({"verify", "--at", "89", "--json"}, lines), ExitStatus::done);
    EXPECT_EQ(out_.str(), "{\"valid\":true,\"step\":1}\n");
    EXPECT_EQ(run({"verify", "--at", "59", "--secret", secret}, "287082\n"), ExitStatus::done);
}

TEST_F(TotpCommandsTest, verify_refuses_what_is_not_right) {
    const std::string lines = std::string(secret) + "\n287082\n";

    EXPECT_EQ(run({"verify", "--at", "120"}, lines), ExitStatus::failed);
    EXPECT_EQ(run({"verify", "--at", "89", "--window", "0"}, lines), ExitStatus::failed);
    EXPECT_EQ(
        run({"verify", "--at", "59", "--json"}, std::string(secret) + "\n000000\n"), ExitStatus::failed
    );
    EXPECT_EQ(
        out_.str(), "{\"valid\":false,\"reason\":\"credentials_wrong\",\"detail\":\"one-time code\"}\n"
    );
    EXPECT_EQ(run({"verify", "--at", "59", "--after", "1", "--json"}, lines), ExitStatus::failed);
    EXPECT_EQ(out_.str(), "{\"valid\":false,\"reason\":\"replayed\",\"detail\":\"one-time code\"}\n");
    EXPECT_EQ(run({"verify", "--at", "59"}, std::string(secret) + "\nhello\n"), ExitStatus::failed);
    EXPECT_EQ(run({"verify", "--at", "59"}, secret), ExitStatus::failed);
}

TEST_F(TotpCommandsTest, qr_draws_for_the_terminal_or_as_svg) {
    EXPECT_EQ(run({"qr", "--issuer", "Example"}, secret), ExitStatus::done);
    EXPECT_THAT(out_.str(), AllOf(StartsWith("\x1b[30;107m"), Not(HasSubstr(secret))));
    EXPECT_EQ(run({"qr", "--svg"}, secret), ExitStatus::done);
    EXPECT_THAT(out_.str(), StartsWith("<svg "));
    EXPECT_EQ(run({"qr", "--json"}, secret), ExitStatus::done);
    EXPECT_EQ(printed().find_text("uri"), "otpauth://totp/account?secret=" + std::string(secret));
}

TEST_F(TotpCommandsTest, misuse_is_told_from_a_wrong_code) {
    EXPECT_EQ(run({}), ExitStatus::usage);
    EXPECT_EQ(run({"code"}), ExitStatus::usage);
    EXPECT_EQ(run({"code"}, "not base32!\n"), ExitStatus::usage);
    EXPECT_THAT(err_.str(), AllOf(HasSubstr("standard input"), Not(HasSubstr("not base32!"))));
    EXPECT_EQ(run({"code", "--secret-file", "/does/not/exist"}), ExitStatus::usage);
    EXPECT_EQ(run({"code", "--secret-file", "x", "--secret", secret}), ExitStatus::usage);
    for (const auto& [option, value] : std::vector<std::pair<std::string, std::string>>{
             {"--digits", "9"}, {"--digits", "5"}, {"--period", "0"}, {"--algorithm", "MD5"}, {"--at", "-1"}
         }) {
        EXPECT_EQ(run({"code", option, value}, secret), ExitStatus::usage) << option;
    }
    EXPECT_EQ(run({"new", "--account", "a:b"}), ExitStatus::usage);
}

TEST_F(TotpCommandsTest, a_short_secret_works_with_a_warning) {
    EXPECT_EQ(run({"code", "--at", "200"}, "ABCDEFGH"), ExitStatus::done);

    EXPECT_EQ(out_.str(), "028307\n");
    EXPECT_THAT(err_.str(), HasSubstr("warning"));
}

}  // namespace
}  // namespace cardea::server
