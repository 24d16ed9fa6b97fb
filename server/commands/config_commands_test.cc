// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "tests/support/command_fixture.h"

#include <gmock/gmock.h>

namespace cardea::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ConfigCommandsTest : public testing::CommandFixture {};

TEST_F(ConfigCommandsTest, config_commands_show_and_check) {
    EXPECT_EQ(run({"config", "check"}), ExitStatus::done);
    EXPECT_EQ(run({"config", "print", "--workers", "4"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), HasSubstr("workers = 4  # --workers"));
    EXPECT_EQ(run({"config", "check", "--workers", "many"}), ExitStatus::usage);
    EXPECT_EQ(run({"config", "check", "--secret-file", "/nowhere/secret"}), ExitStatus::usage);
    EXPECT_THAT(err_.str(), HasSubstr("--secret-file: the root secret cannot be read"));
    EXPECT_EQ(run({"config", "reference"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), StartsWith("# Configuration"));
}

TEST_F(ConfigCommandsTest, config_check_warns_of_what_may_be_meant) {
    EXPECT_EQ(run({"config", "check", "--public-url", "https://id.example.com"}), ExitStatus::done);

    EXPECT_THAT(
        out_.str(),
        AllOf(StartsWith("Warning: proxy.trust: "), HasSubstr("The configuration has no mistake."))
    );
}

TEST_F(ConfigCommandsTest, config_print_gives_programs_the_same) {
    const std::string secret = "q1w8Zr5tYu2iOp7aSd9fGh3jKl4zXc6vBn0mQwErTyU";
    const std::string toml = file(
        "own.toml",
        "[session]\nidle = \"30m\"\n[[providers]]\nid = \"google\"\nkind = \"google\"\n"
        "client_id = \"me\"\nclient_secret = \"GOCSPX-hidden\"\n"
    );
    std::filesystem::permissions(toml, std::filesystem::perms::owner_read);  // there is a secret in it
    program_.environment = {{"CARDEA_SECRET", secret}};

    EXPECT_EQ(run({"config", "print", "--json", "--config", toml, "--workers", "4"}), ExitStatus::done);

    const Json settings = *printed().find("settings");
    EXPECT_EQ(settings.members().size(), server::settings().size());
    EXPECT_EQ(to_string(*settings.find("workers")), R"({"value":4,"from":"--workers"})");
    EXPECT_EQ(settings.find("session.idle")->find_text("value"), "30m");
    EXPECT_EQ(to_string(*settings.find("secret")), R"({"value":"***","from":"CARDEA_SECRET"})");
    const Json google = printed().find("providers")->items().front();
    EXPECT_EQ(google.find_text("client_id"), "me");
    EXPECT_EQ(google.find_text("from"), toml + ":3");
    EXPECT_THAT(out_.str(), AllOf(Not(HasSubstr("GOCSPX")), Not(HasSubstr(secret))));
}

TEST_F(ConfigCommandsTest, config_check_gives_programs_what_it_found) {
    EXPECT_EQ(run({"config", "check", "--json"}), ExitStatus::done);
    EXPECT_EQ(line(), R"({"valid":true,"mistakes":[],"warnings":[]})");
    EXPECT_EQ(run({"config", "check", "--json", "--public-url", "https://id.example.com"}), ExitStatus::done);
    EXPECT_THAT(printed().find("warnings")->items().front().as_text().value(), StartsWith("proxy.trust: "));
    EXPECT_EQ(run({"config", "check", "--json", "--workers", "many"}), ExitStatus::usage);
    EXPECT_FALSE(printed().find("valid")->as_bool().value());
    EXPECT_EQ(printed().find("mistakes")->items().front().find_text("where"), "--workers");
    EXPECT_THAT(err_.str(), StartsWith("--workers: "));
    EXPECT_EQ(run({"config", "check", "--json", "--secret-file", "/nowhere/secret"}), ExitStatus::usage);
    EXPECT_EQ(printed().find("mistakes")->items().size(), 1U);
}

TEST_F(ConfigCommandsTest, variables_count_and_flags_win) {
    program_.environment = {{"CARDEA_WORKERS", "2"}, {"CARDEA_LOG_LEVEL", "error"}};

    EXPECT_EQ(run({"config", "print", "--workers", "4"}), ExitStatus::done);

    EXPECT_THAT(
        out_.str(), AllOf(HasSubstr("workers = 4"), HasSubstr("level = \"error\"  # CARDEA_LOG_LEVEL"))
    );
}

}  // namespace
}  // namespace cardea::server
