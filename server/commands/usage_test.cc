// SPDX-License-Identifier: Apache-2.0
#include "tests/support/command_fixture.h"

#include <gmock/gmock.h>

#include <utility>

namespace cardea::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class UsageTest : public testing::CommandFixture {};

TEST_F(UsageTest, a_mistyped_command_or_option_is_told_with_what_was_meant) {
    const auto said = [&](std::vector<std::string> arguments) {
        EXPECT_EQ(run(std::move(arguments)), ExitStatus::usage);
        EXPECT_EQ(out_.str(), "");
        return std::exchange(err_, std::ostringstream()).str();
    };

    EXPECT_EQ(said({"serv"}), "cardea: there is no command `cardea serv`; did you mean `cardea serve`?\n");
    EXPECT_EQ(
        said({"account", "lst"}),
        "cardea: there is no command `cardea account lst`; did you mean `cardea account list`?\n"
    );
    EXPECT_EQ(
        said({"nonsense", "--help"}), "cardea: `cardea` has no such command: `cardea --help` lists them\n"
    );
    EXPECT_EQ(said({"account"}), "cardea: say what to do: `cardea account --help` lists the commands\n");
    EXPECT_EQ(
        said({"serve", "--public_url", "https://a.example"}),
        "cardea: `cardea serve` has no option --public_url; did you mean `--public-url`?\n"
    );
    EXPECT_EQ(
        said({"serve", "--foo"}),
        "cardea: `cardea serve` has no option --foo; `cardea serve --help` lists them\n"
    );
    EXPECT_EQ(
        said({"account", "list", "--jsn"}),
        "cardea: `cardea account list` has no option --jsn; did you mean `--json`?\n"
    );
    EXPECT_EQ(
        said({"session", "list", "ada", "--zzzzzzzz"}),
        "cardea: `cardea session list` has no option --zzzzzzzz; `cardea session list --help` lists them\n"
    );
}

TEST_F(UsageTest, a_secret_on_the_command_line_is_not_repeated) {
    EXPECT_EQ(run({"account", "set-password", "bob", "tangerine-42"}), ExitStatus::usage);
    EXPECT_EQ(
        err_.str(),
        "cardea: `cardea account set-password` takes fewer arguments: `cardea account set-password --help` "
        "lists them. Passwords, keys and codes are asked for, or read from standard input\n"
    );
    EXPECT_EQ(run({"account", "set-password", "bob", "--secret=tangerine-42"}), ExitStatus::usage);
    EXPECT_THAT(err_.str(), AllOf(HasSubstr("no option --secret;"), Not(HasSubstr("tangerine"))));
    EXPECT_EQ(run({"invite", "tangerine-42"}), ExitStatus::usage);
    EXPECT_THAT(err_.str(), Not(HasSubstr("tangerine")));
}

TEST_F(UsageTest, help_and_version_are_found_where_people_look) {
    EXPECT_EQ(run({"help"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), HasSubstr("`cardea help COMMAND`"));
    EXPECT_EQ(run({"help", "account"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), HasSubstr("set-password"));
    for (const char* flag : {"--version", "-v"}) {
        EXPECT_EQ(run({flag}), ExitStatus::done);
        EXPECT_THAT(out_.str(), StartsWith("cardea "));
    }
}

TEST_F(UsageTest, serve_help_says_what_every_setting_takes_and_is) {
    EXPECT_EQ(run({"serve", "--help"}), ExitStatus::done);

    const std::string help = out_.str();
    for (const Setting& setting : settings()) {
        if (setting.kind != SettingKind::secret && setting.name != "data") {
            EXPECT_THAT(help, AllOf(HasSubstr(to_flag(setting.name) + " "), HasSubstr(setting.values)));
        }
    }
    EXPECT_THAT(help, HasSubstr("(open, invitation or closed; default: \"open\")"));
}

TEST_F(UsageTest, a_flag_of_a_list_may_be_given_for_each_of_its_items) {
    EXPECT_EQ(
        run({"config", "print", "--listen", "127.0.0.1:9000", "--listen", "[::1]:9000"}), ExitStatus::done
    );

    EXPECT_THAT(out_.str(), HasSubstr(R"(listen = ["127.0.0.1:9000", "[::1]:9000"])"));
}

TEST_F(UsageTest, an_option_leaves_the_word_behind_its_value_to_the_command) {
    program_.open = [](const Config&, Opening) -> Result<std::shared_ptr<Operations>> {
        return fail(Errc::io, "understood");
    };
    const std::string folder = folder_.path().string();
    const std::vector<std::vector<std::string>> commands{
        {"why", "--data", folder, "abcd-efgh-jkmn-pqrs"},
        {"account", "show", "--data", folder, "bob"},
        {"account", "--data", folder, "disable", "bob"},
        {"account", "identities", "--data=" + folder, "bob"},
        {"session", "list", "--data", folder, "bob"},
        {"session", "revoke", "bob", "--data", folder, SessionId().to_string()},
        {"apikey", "list", "--data", folder, "bob"},
        {"apikey", "revoke", "--data", folder, "bob", "--all"},
        {"backup", "--data", folder, "copy.db"},
    };
    for (const std::vector<std::string>& command : commands) {
        EXPECT_EQ(run_as_given(command), ExitStatus::failed);
        EXPECT_EQ(err_.str(), "cardea: understood\n");
    }
}

TEST_F(UsageTest, an_option_that_may_be_repeated_takes_one_value_each_time) {
    EXPECT_EQ(run({"password", "check", "--context", "ada", "bob"}, "a long password\n"), ExitStatus::usage);
    EXPECT_EQ(run({"password", "check", "--policy", "nist", "bob"}, "a long password\n"), ExitStatus::usage);
    EXPECT_EQ(run({"jwt", "sign", "--key", "key.json", "--aud", "api", "mail"}, "{}"), ExitStatus::usage);
    EXPECT_THAT(err_.str(), HasSubstr("takes fewer arguments"));
}

TEST_F(UsageTest, wrong_usage_is_told_apart_from_failure) {
    EXPECT_EQ(run({}), ExitStatus::usage);
    EXPECT_EQ(run({"unknown"}), ExitStatus::usage);
    EXPECT_EQ(run({"account"}), ExitStatus::usage);
    EXPECT_EQ(run({"serve", "--no-such-flag"}), ExitStatus::usage);
    EXPECT_EQ(run({"--help"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), HasSubstr("serve"));
    EXPECT_EQ(run({"version"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), StartsWith("cardea "));
}

}  // namespace
}  // namespace cardea::server
