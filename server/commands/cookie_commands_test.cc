// SPDX-License-Identifier: Apache-2.0
#include "tests/support/command_fixture.h"

#include <gmock/gmock.h>

namespace cardea::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* strong = "s3cr3t-key-for-test-vectors-0001";

class CookieCommandsTest : public testing::CommandFixture {
 protected:
    CookieCommandsTest() : CommandFixture("cookie") {}

    std::string secret_file(const std::string& text) { return file("secret", text); }

    /// The options of a format, at the time of the vectors.
    std::vector<std::string> with(const std::string& command, const std::string& format) {
        return {command, "--format", format, "--secret-file", secret_file(strong), "--at", "1700000000"};
    }
};

TEST_F(CookieCommandsTest, sign_what_starlette_signs) {
    EXPECT_EQ(run(with("sign", "starlette"), R"({"user_id": 42, "csrf": "abc"})"), ExitStatus::done);

    EXPECT_EQ(line(), "eyJ1c2VyX2lkIjogNDIsICJjc3JmIjogImFiYyJ9.ZVPxAA.8ZUCuAgjs5De_Njt6X1shkHs3xI");
    EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(CookieCommandsTest, verify_what_flask_signed) {
    const std::string cookie = "eyJfcGVybWFuZW50Ijp0cnVlLCJhIjoxfQ.ZVPxAA.Q1XIXWmWfvkhqa_NUEQAdSxAcpA\n";
    std::vector<std::string> arguments = with("verify", "flask");

    EXPECT_EQ(run(arguments, cookie), ExitStatus::done);
    EXPECT_EQ(line(), R"({"_permanent":true,"a":1})");

    arguments.emplace_back("--json");
    EXPECT_EQ(run(arguments, cookie), ExitStatus::done);
    EXPECT_EQ(
        line(), R"({"valid":true,"value":{"_permanent":true,"a":1},"signed_at":"2023-11-14T22:13:20.000Z"})"
    );

    EXPECT_EQ(run(arguments, "A" + cookie), ExitStatus::failed);
    EXPECT_EQ(line(), R"({"valid":false,"reason":"signature_invalid","detail":"signature"})");
}

TEST_F(CookieCommandsTest, go_round_in_every_format) {
    const std::vector<std::vector<std::string>> cases{
        {"itsdangerous", "[1]"},
        {"itsdangerous", "[1]", "--salt", "auth"},
        {"starlette", R"({"a":1})"},
        {"flask", R"({"a":{" t":[1]}})"},
        {"flask-wtf", "7e04f9fc4b8c841556bf799923843ed6eba5257e"},
        {"fastapi-sessions", "0123456789abcdef0123456789abcdef"},
        {"fastapi-sessions", "0123456789abcdef0123456789abcdef", "--name", "sid"},
        {"pyview", R"({"a":1})"},
        {"pyview-csrf", "lv:phx-1"},
        {"django", R"({"a":1})"},
        {"django", R"({"a":1})", "--salt", "x"},
    };
    for (const std::vector<std::string>& one : cases) {
        std::vector<std::string> signing = with("sign", one[0]);
        std::vector<std::string> verifying = with("verify", one[0]);
        signing.insert(signing.end(), one.begin() + 2, one.end());
        verifying.insert(verifying.end(), one.begin() + 2, one.end());

        EXPECT_EQ(run(signing, one[1] + "\n"), ExitStatus::done) << one[0] << err_.str();
        const std::string signed_text = line();
        EXPECT_EQ(run(verifying, signed_text + "\n"), ExitStatus::done) << one[0] << err_.str();
        EXPECT_EQ(line(), one[1]);
        EXPECT_EQ(run(verifying, signed_text + "A\n"), ExitStatus::failed) << one[0];
    }
}

TEST_F(CookieCommandsTest, bind_our_own_values_to_purpose_and_end) {
    for (const char* format : {"cardea", "cardea-sealed"}) {
        std::vector<std::string> signing = with("sign", format);
        signing.insert(signing.end(), {"--purpose", "cart", "--max-age", "60"});
        ASSERT_EQ(run(signing, "three apples\n"), ExitStatus::done) << err_.str();
        const std::string text = line();
        const auto verify = [&](const char* purpose, const char* at) {
            return run(
                {"verify",
                 "--format",
                 format,
                 "--secret-file",
                 secret_file(strong),
                 "--purpose",
                 purpose,
                 "--at",
                 at},
                text
            );
        };

        EXPECT_EQ(verify("cart", "1700000059"), ExitStatus::done);
        EXPECT_EQ(line(), "three apples");
        EXPECT_EQ(verify("cart", "1700000060"), ExitStatus::failed);
        EXPECT_THAT(err_.str(), HasSubstr("expired"));
        EXPECT_EQ(verify("invoice", "1700000000"), ExitStatus::failed);
    }
}

TEST_F(CookieCommandsTest, say_when_a_shared_secret_can_be_guessed) {
    const std::string file = secret_file("your-secret-key\n");

    EXPECT_EQ(run({"sign", "--format", "starlette", "--secret-file", file}, "{}"), ExitStatus::done);

    EXPECT_THAT(err_.str(), AllOf(HasSubstr("warning"), HasSubstr("shorter than 32")));
}

TEST_F(CookieCommandsTest, verify_with_older_secrets_too) {
    const std::vector<std::string> arguments{
        "verify",
        "--format",
        "itsdangerous",
        "--secret-file",
        secret_file("new-key\n" + std::string(strong) + "\n"),
        "--salt",
        "cookie-session"
    };

    EXPECT_EQ(run(arguments, "eyJ1Ijoiw6nimIMifQ.ZVPxAA.JwrzVw7hna1rw9ptD76pVS85zqM"), ExitStatus::done);
}

TEST_F(CookieCommandsTest, tell_misuse_from_what_is_not_valid) {
    const std::string file = secret_file(strong);
    const std::vector<std::vector<std::string>> misuses{
        {"sign"},
        {"sign", "--format", "rails", "--secret-file", file},
        {"sign", "--format", "flask"},
        {"sign", "--format", "flask", "--secret-file", file + ".gone"},
        {"sign", "--format", "flask", "--secret-file", folder_.path().string()},
        {"sign", "--format", "flask", "--secret-file", file, "--salt", "x"},
        {"sign", "--format", "flask", "--secret-file", file, "--at", "yesterday"},
        {"sign", "--format", "cardea", "--secret-file", file, "--max-age", "60"},
        {"sign", "--format", "cardea", "--secret-file", file, "--purpose", "cart"},
        {"verify", "--format", "cardea", "--secret-file", file, "--purpose", "x", "--max-age", "1"},
        {"verify", "--format", "pyview", "--secret-file", file, "--max-age", "1"},
    };
    for (const std::vector<std::string>& arguments : misuses) {
        EXPECT_EQ(run(arguments, "{}"), ExitStatus::usage) << ::testing::PrintToString(arguments);
    }
    EXPECT_EQ(run({"sign", "--format", "flask", "--secret-file", file}, "{"), ExitStatus::failed);
    EXPECT_EQ(run({"sign", "--format", "flask", "--secret-file", file}, "[]"), ExitStatus::failed);
    EXPECT_EQ(
        run({"verify", "--format", "flask", "--secret-file", file}, std::string(2U << 20U, 'x')),
        ExitStatus::failed
    );
    EXPECT_EQ(run({"sign", "--format", "flask", "--secret-file", secret_file("")}, "{}"), ExitStatus::usage);
}

TEST_F(CookieCommandsTest, print_nothing_that_could_steer_a_terminal) {
    std::vector<std::string> signing = with("sign", "cardea");
    signing.insert(signing.end(), {"--purpose", "p", "--max-age", "60"});
    ASSERT_EQ(run(signing, "a\x1b[2Jb\u009b\u202e"), ExitStatus::done);
    const std::string text = line();
    std::vector<std::string> verifying = with("verify", "cardea");
    verifying.insert(verifying.end(), {"--purpose", "p"});

    EXPECT_EQ(run(verifying, text), ExitStatus::done);
    EXPECT_EQ(line(), "a?[2Jb??");
    verifying.emplace_back("--json");
    EXPECT_EQ(run(verifying, text), ExitStatus::done);
    EXPECT_THAT(line(), HasSubstr(R"("value":"a\u001b[2Jb\u009b\u202e")"));
}

}  // namespace
}  // namespace cardea::server
