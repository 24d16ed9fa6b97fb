// SPDX-License-Identifier: Apache-2.0
#include "tests/support/command_fixture.h"

#include <gmock/gmock.h>

namespace cardea::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr const char* bcrypt = "$2b$04$5BJqKfqMQvV7nS.yUguNcueVirQqDBGaLXSqj.rs.pZPlNR0UX/HK";  // "test"

class PasswordCommandsTest : public testing::CommandFixture {
 protected:
    PasswordCommandsTest() : CommandFixture("password") {}
};

TEST_F(PasswordCommandsTest, verify_what_hash_made) {
    EXPECT_EQ(run({"hash"}, "correct horse\n"), ExitStatus::done);
    const std::string hash = line();

    EXPECT_THAT(hash, StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    EXPECT_EQ(run({"verify", "--hash", hash}, "correct horse\n"), ExitStatus::done);
    EXPECT_EQ(line(), "right");
    EXPECT_EQ(run({"verify", "--hash", hash}, "correct horsf\n"), ExitStatus::failed);
    EXPECT_EQ(line(), "wrong");
    EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(PasswordCommandsTest, hash_with_a_scheme) {
    EXPECT_EQ(run({"hash", "--scheme", "bcrypt"}, "correct horse"), ExitStatus::done);
    EXPECT_THAT(line(), StartsWith("$2b$12$"));

    EXPECT_EQ(run({"hash", "--scheme", "bcrypt"}, std::string(73, 'x')), ExitStatus::failed);
    EXPECT_THAT(err_.str(), HasSubstr("72 bytes"));
    EXPECT_EQ(run({"hash", "--scheme", "md5_crypt"}, "correct horse"), ExitStatus::usage);
    EXPECT_EQ(run({"hash", "--scheme", "argon2d"}, "correct horse"), ExitStatus::usage);
}

TEST_F(PasswordCommandsTest, verify_hands_out_a_better_hash) {
    EXPECT_EQ(run({"verify", "--hash", bcrypt, "--json"}, "test\n"), ExitStatus::done);
    EXPECT_THAT(line(), StartsWith(R"({"valid":true,"better_hash":"$argon2id$)"));

    EXPECT_EQ(run({"verify", "--hash", bcrypt, "--json"}, "tset\n"), ExitStatus::failed);
    EXPECT_EQ(line(), R"({"valid":false,"reason":"credentials_wrong","detail":""})");
}

TEST_F(PasswordCommandsTest, verify_says_why_it_cannot) {
    EXPECT_EQ(run({"verify", "--hash", "$1$dOHYPKoP$tnxS1T8Q6VVn3kpV8cN6o."}, "test\n"), ExitStatus::failed);
    EXPECT_THAT(err_.str(), HasSubstr("md5_crypt is not done here"));
    EXPECT_EQ(run({"verify", "--hash", bcrypt}, std::string(73, 'x')), ExitStatus::failed);
    EXPECT_THAT(err_.str(), HasSubstr("72 bytes"));
    EXPECT_EQ(run({"verify"}, "test\n"), ExitStatus::usage);
}

TEST_F(PasswordCommandsTest, identify_a_hash) {
    EXPECT_EQ(run({"identify"}, std::string(bcrypt) + "\n"), ExitStatus::done);
    EXPECT_EQ(line(), "bcrypt (crypt(3)), cost=4, made anew at sign-in");

    EXPECT_EQ(run({"identify", "--json"}, std::string("$pepper$k=1a2b3c4d") + bcrypt), ExitStatus::done);
    EXPECT_EQ(
        line(),
        R"x({"scheme":"bcrypt","form":"crypt(3)","cost":"cost=4",)x"
        R"x("pepper_key":"1a2b3c4d","needs_rehash":true})x"
    );

    EXPECT_EQ(run({"identify"}, "hunter2"), ExitStatus::failed);
    EXPECT_THAT(err_.str(), HasSubstr("not known here"));
}

TEST_F(PasswordCommandsTest, check_answers_as_the_server_would) {
    EXPECT_EQ(run({"check"}, "tangerine parasol 42"), ExitStatus::done);
    EXPECT_EQ(line(), "accepted (strength 4 of 4)");
    EXPECT_EQ(run({"check"}, "1qaz2wsx3edc"), ExitStatus::failed);
    EXPECT_THAT(line(), StartsWith("password_blocked: on a list of common passwords"));
    EXPECT_EQ(run({"check", "--json"}, "short"), ExitStatus::failed);
    EXPECT_THAT(
        line(),
        StartsWith(R"({"valid":false,"reason":"password_too_short","detail":"at least 12 characters")")
    );
    EXPECT_THAT(line(), HasSubstr(R"("score":0})"));
    EXPECT_EQ(run({"check", "--password-policy", "classes"}, "tangerine parasol 42"), ExitStatus::failed);
    EXPECT_EQ(run({"check", "--context", "Tangerine"}, "tangerine parasol 42"), ExitStatus::failed);
    EXPECT_EQ(run({"check", "--password-policy", "none"}, "tangerine parasol 42"), ExitStatus::usage);
    EXPECT_EQ(run({"check"}, ""), ExitStatus::failed);
}

TEST_F(PasswordCommandsTest, build_a_filter_that_check_reads) {
    const std::string file = (folder_.path() / "blocklist").string();

    EXPECT_EQ(run({"filter", "build", file}, "tangerine parasol 42\nzwiebelfisch\n\xff\n"), ExitStatus::done);
    EXPECT_EQ(line(), file + ": 2 passwords in 74 bytes; 1 lines were none");
    EXPECT_EQ(run({"check", "--password-blocklist", file}, "Tangerine Parasol 42"), ExitStatus::failed);
    EXPECT_EQ(run({"check", "--password-blocklist", file}, "tangerine parasol 43"), ExitStatus::done);

    EXPECT_EQ(run({"filter", "build", file}, "another\n"), ExitStatus::failed);
    EXPECT_THAT(err_.str(), HasSubstr("is there already"));
    EXPECT_EQ(run({"check", "--password-blocklist", "/dev/null"}, "tangerine parasol 42"), ExitStatus::usage);
    EXPECT_THAT(err_.str(), HasSubstr("this is no password filter"));
}

TEST_F(PasswordCommandsTest, calibrate_within_a_target) {
    EXPECT_EQ(run({"calibrate", "--target", "1ms"}, ""), ExitStatus::done);
    EXPECT_THAT(
        out_.str(), HasSubstr("less would not be safe.\n[password]\nmemory = 19456\niterations = 2\n")
    );
    for (const char* wrong :
         {"", "ms", "0ms", "250", "-1s", "1.5s", "61s", "9999999999999999999s", "250 ms"}) {
        EXPECT_EQ(run({"calibrate", "--target", wrong}, ""), ExitStatus::usage) << wrong;
    }
}

}  // namespace
}  // namespace cardea::server
