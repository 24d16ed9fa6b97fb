// SPDX-License-Identifier: Apache-2.0
#include "tests/support/command_fixture.h"
#include "tests/support/fake_operations.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <tuple>

namespace cardea::server {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class CommandsTest : public testing::CommandFixture {
 protected:
    CommandsTest() {
        shared_ = &operations_;
        program_.open = [](const Config&, Opening opening) -> Result<std::shared_ptr<Operations>> {
            opening_ = opening;
            ++opened_;
            return std::shared_ptr<Operations>(shared_, [](Operations*) {});  // the fixture's own
        };
        program_.serve = [](Config config) -> Result<> {
            served_ = std::move(config.listen.front());
            return {};
        };
    }

    testing::FakeOperations operations_;
    static inline std::string served_;
    static inline int opened_ = 0;
    static inline Opening opening_ = Opening::everything;  ///< what the last command asked for
    static inline Operations* shared_ = nullptr;
};

TEST_F(CommandsTest, serve_takes_settings_as_flags) {
    EXPECT_EQ(run({"serve", "--listen", "127.0.0.1:9000"}), ExitStatus::done);

    EXPECT_EQ(served_, "127.0.0.1:9000");
}

TEST_F(CommandsTest, serve_does_not_start_with_a_mistake) {
    served_.clear();

    EXPECT_EQ(run({"serve", "--listen", "0.0.0.0:80", "--session-idle", "5/min"}), ExitStatus::usage);

    EXPECT_EQ(served_, "");
    EXPECT_THAT(err_.str(), AllOf(HasSubstr("--listen: other machines"), HasSubstr("--session-idle: write")));
}

TEST_F(CommandsTest, account_add_reads_the_password_from_standard_input) {
    const ExitStatus status =
        run({"account", "add", "--email", "ann@example.com", "--name", "Ann"}, "a long one\nrest");

    EXPECT_EQ(status, ExitStatus::done);
    EXPECT_EQ(operations_.last_password, "a long one");
    EXPECT_THAT(out_.str(), AllOf(HasSubstr("ann@example.com"), Not(HasSubstr("a long one"))));
}

TEST_F(CommandsTest, account_import_adds_one_account_a_line_and_names_the_lines_it_cannot_read) {
    const std::string lines = R"({"email":"ann@example.com","name":"Ann","password_hash":"$2b$12$abc"})"
                              "\n\n"
                              R"({"email":"bob@example.com","password":"no hash"})"
                              "\n"
                              R"({"email":7})"
                              "\nnot JSON\n"
                              R"({"username":"carl"})";

    EXPECT_EQ(run({"account", "import", "-"}, lines), ExitStatus::failed);

    EXPECT_THAT(out_.str(), HasSubstr("2 accounts imported, 3 lines refused"));
    EXPECT_THAT(err_.str(), AllOf(HasSubstr("line 3: "), HasSubstr("line 4: "), HasSubstr("line 5: ")));
    EXPECT_EQ(run({"account", "import", "/nowhere"}), ExitStatus::usage);
    EXPECT_EQ(run({"account", "import", "-"}, R"({"email":"dora@example.com"})"), ExitStatus::done);
}

TEST_F(CommandsTest, account_import_opens_the_database_once) {
    const std::string lines = R"({"email":"ann@example.com"})"
                              "\n"
                              R"({"email":"ann@example.com"})"
                              "\n"
                              R"({"email":"bob@example.com"})";
    opened_ = 0;

    EXPECT_EQ(run({"account", "import", "-"}, lines), ExitStatus::failed);

    EXPECT_EQ(opened_, 1);
    EXPECT_EQ(line(), "2 accounts imported, 1 line refused");
    EXPECT_EQ(run({"account", "import", "-", "--json"}, R"({"email":"eve@example.com"})"), ExitStatus::done);
    EXPECT_EQ(line(), R"({"imported":1,"refused":0,"stopped":false})");
}

TEST_F(CommandsTest, account_import_stops_at_what_is_not_about_the_line) {
    const std::string lines = R"({"email":"ann@example.com"})"
                              "\n"
                              R"({"email":"full-disk@example.com"})"
                              "\n"
                              R"({"email":"bob@example.com"})";
    operations_.unwritable = "full-disk@example.com";

    EXPECT_EQ(run({"account", "import", "-"}, lines), ExitStatus::usage);

    EXPECT_EQ(line(), "1 account imported, 0 lines refused; stopped there");
    EXPECT_THAT(err_.str(), StartsWith("line 2: cardea: the database cannot be used now"));
    EXPECT_EQ(operations_.accounts.size(), 1U);
}

TEST_F(CommandsTest, account_add_needs_a_password_unless_told_otherwise) {
    EXPECT_EQ(run({"account", "add", "--email", "a@example.com"}), ExitStatus::failed);
    EXPECT_EQ(run({"account", "add", "--email", "a@example.com", "--no-password"}), ExitStatus::done);
}

TEST_F(CommandsTest, no_command_takes_a_password_as_an_argument) {
    EXPECT_EQ(
        run({"account", "add", "--email", "a@example.com", "--password", "x"}, "y\n"), ExitStatus::usage
    );
    EXPECT_EQ(run({"account", "set-password", "a@example.com", "x"}, "y\n"), ExitStatus::usage);
}

TEST_F(CommandsTest, failures_are_a_sentence_and_a_status) {
    operations_.put("ann@example.com");

    EXPECT_EQ(run({"account", "show", "nobody"}), ExitStatus::failed);
    EXPECT_EQ(err_.str(), "cardea: there is no such account\n");
    EXPECT_EQ(run({"account", "add", "--email", "ann@example.com"}, "password\n"), ExitStatus::failed);
    EXPECT_THAT(err_.str(), StartsWith("cardea: it exists already"));
}

TEST_F(CommandsTest, what_is_written_wrongly_is_told_how_it_is_written) {
    const std::string account = operations_.put("ann@example.com");

    EXPECT_EQ(run({"session", "revoke", account, "nonsense"}), ExitStatus::failed);
    EXPECT_EQ(err_.str(), "cardea: an id has 26 letters and digits, as the lists show it\n");
    err_.str("");
    EXPECT_EQ(run({"why", "nonsense"}), ExitStatus::failed);
    EXPECT_EQ(err_.str(), "cardea: a reference has 16 letters and digits, such as abcd-efgh-jkmn-pqrs\n");
}

TEST_F(CommandsTest, account_list_reads_every_page) {
    constexpr int more_than_a_page = 1200;
    for (int i = 0; i < more_than_a_page; ++i) {
        operations_.put("user" + std::to_string(i) + "@example.com");
    }
    std::ranges::sort(operations_.accounts, {}, &account::AccountRecord::id);

    EXPECT_EQ(run({"account", "list"}), ExitStatus::done);

    const std::string listed = out_.str();
    EXPECT_EQ(std::ranges::count(listed, '\n'), more_than_a_page + 1);
}

TEST_F(CommandsTest, account_list_prints_json) {
    const std::string id = operations_.put("ann@example.com");

    EXPECT_EQ(run({"account", "list", "--json"}), ExitStatus::done);

    const Result<Json> printed = parse_json(out_.str());
    ASSERT_TRUE(printed) << out_.str();
    EXPECT_EQ(printed->find("accounts")->items()[0].find_text("id"), id);
}

TEST_F(CommandsTest, account_changes_reach_the_account) {
    const std::string id = operations_.put("ann@example.com");

    EXPECT_EQ(run({"account", "disable", "ann@example.com"}), ExitStatus::done);
    EXPECT_EQ(run({"account", "enable", id}), ExitStatus::done);
    EXPECT_EQ(run({"account", "set-password", id}, "new password\n"), ExitStatus::done);
    EXPECT_EQ(run({"account", "delete", id, "--yes"}), ExitStatus::done);

    EXPECT_THAT(
        operations_.calls, ElementsAre("disable " + id, "enable " + id, "set_password " + id, "delete " + id)
    );
    EXPECT_EQ(operations_.last_password, "new password");
}

TEST_F(CommandsTest, account_delete_wants_a_confirmation) {
    const std::string id = operations_.put("ann@example.com");

    EXPECT_EQ(run({"account", "delete", id}, "ann@example.com\n"), ExitStatus::usage);

    EXPECT_TRUE(operations_.calls.empty());
}

TEST_F(CommandsTest, session_list_says_what_the_api_says) {
    operations_.put("ann@example.com");
    session::SessionRecord& session = operations_.sessions.emplace_back();
    session.last_seen_at = Time(std::chrono::seconds(1'700'000'000));
    session.idle = std::chrono::hours(1);
    session.expires_at = session.last_seen_at + std::chrono::hours(24);
    session.client_address = "192.0.2.7";
    session.user_agent = "curl/8.5.0";

    EXPECT_EQ(run({"session", "list", "ann@example.com", "--json"}), ExitStatus::done);
    const Json listed = printed().find("sessions")->items().front();
    EXPECT_EQ(listed.find_text("expires_at"), "2023-11-14T23:13:20.000Z");  // unless it is used again
    EXPECT_EQ(listed.find_text("address"), "192.0.2.7");
    EXPECT_EQ(listed.find_text("device"), "curl");
    EXPECT_EQ(run({"session", "list", "ann@example.com"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), AllOf(HasSubstr("EXPIRES"), HasSubstr("23:13:20"), HasSubstr("192.0.2.7  curl")));
}

TEST_F(CommandsTest, session_revoke_names_one_or_all) {
    const std::string id = operations_.put("ann@example.com");
    operations_.sessions.resize(2);
    const std::string session = SessionId().to_string();

    EXPECT_EQ(run({"session", "revoke", id}), ExitStatus::usage);
    EXPECT_EQ(run({"session", "revoke", id, session, "--all"}), ExitStatus::usage);
    EXPECT_EQ(run({"session", "revoke", id, session}), ExitStatus::done);
    EXPECT_EQ(run({"session", "revoke", id, "--all"}), ExitStatus::done);
    EXPECT_EQ(out_.str(), "sessions ended: 2\n");
}

TEST_F(CommandsTest, invite_prints_the_code_and_a_link) {
    EXPECT_EQ(run({"invite", "--email", "a@example.com", "--for", "2h"}), ExitStatus::done);
    EXPECT_EQ(
        out_.str(),
        "code-for-a@example.com-7200000\nhttps://id.example.com/register#code-for-a@example.com-7200000\n"
    );
    EXPECT_EQ(run({"invite", "--for", "soon"}), ExitStatus::usage);
}

TEST_F(CommandsTest, invite_revoke_takes_the_code_or_the_link_from_standard_input) {
    const std::string code = "code-for-a@example.com-0";

    EXPECT_EQ(run({"invite", "revoke"}, code + "\n"), ExitStatus::done);
    EXPECT_EQ(out_.str(), "revoked: nobody can register with it any more\n");
    EXPECT_EQ(
        run({"invite", "revoke", "--json"}, "https://id.example.com/register#" + code + "\n"),
        ExitStatus::done
    );
    EXPECT_EQ(line(), R"({"revoked":1})");
    EXPECT_THAT(operations_.calls, ElementsAre("revoke_invitation " + code, "revoke_invitation " + code));
    EXPECT_NE(opening_, Opening::make_missing);
}

TEST_F(CommandsTest, invite_revoke_takes_no_argument_and_nothing_of_what_invite_takes) {
    EXPECT_EQ(run({"invite", "revoke", "code-for-a@example.com-0"}), ExitStatus::usage);
    EXPECT_EQ(run({"invite", "--email", "a@example.com", "revoke"}, "code-for-a\n"), ExitStatus::usage);
    EXPECT_EQ(run({"invite", "revoke", "--for", "2h"}, "code-for-a\n"), ExitStatus::usage);
    EXPECT_THAT(operations_.calls, IsEmpty());
}

TEST_F(CommandsTest, invite_revoke_says_why_nothing_was_revoked) {
    const auto refusal = [&](const char* code) {
        err_.str("");
        EXPECT_EQ(run({"invite", "revoke"}, code), ExitStatus::failed);
        return err_.str();
    };

    EXPECT_EQ(refusal("old\n"), "cardea: it has expired (invitation)\n");
    EXPECT_EQ(refusal("used\n"), "cardea: it was used or revoked before (invitation)\n");
    EXPECT_EQ(refusal("made up\n"), "cardea: there is no such invitation: the code was not made here\n");
    EXPECT_EQ(refusal(""), "cardea: there is no such invitation: the code was not made here\n");
}

TEST_F(CommandsTest, only_what_adds_something_begins_a_database) {
    const auto begins = [&](std::vector<std::string> command) {
        std::ignore = run(std::move(command), "a long password\n");
        return opening_ == Opening::make_missing;
    };

    EXPECT_TRUE(begins({"account", "add", "--email", "ann@example.com"}));
    EXPECT_TRUE(begins({"invite"}));
    EXPECT_FALSE(begins({"account", "list"}));
    EXPECT_FALSE(begins({"audit", "verify"}));
    EXPECT_FALSE(begins({"check"}));
    EXPECT_FALSE(begins({"backup", "copy.db"}));
    EXPECT_FALSE(begins({"migrate"}));
    EXPECT_FALSE(begins({"account", "delete", "ann@example.com", "--yes"}));
}

TEST_F(CommandsTest, account_identities_lists_who_signs_in_at_providers) {
    operations_.put("ann@example.com");
    account::FederatedIdentity identity;
    identity.issuer = "https://accounts.example.org";
    identity.subject = "1234";
    identity.label = "ann@example.net";
    operations_.identities.push_back(identity);

    EXPECT_EQ(run({"account", "identities", "ann@example.com"}), ExitStatus::done);
    EXPECT_THAT(
        out_.str(),
        AllOf(HasSubstr("https://accounts.example.org"), HasSubstr("1234"), HasSubstr("ann@example.net"))
    );
    EXPECT_EQ(run({"account", "identities", "ann@example.com", "--json"}), ExitStatus::done);
    EXPECT_EQ(printed().find("identities")->items().front().find_text("subject"), "1234");
}

TEST_F(CommandsTest, account_unlink_takes_the_last_way_in_only_by_force) {
    const std::string id = operations_.put("ann@example.com");
    const std::string identity(26, '0');

    EXPECT_EQ(run({"account", "unlink", "ann@example.com", identity}), ExitStatus::failed);
    EXPECT_THAT(err_.str(), HasSubstr("--force"));
    EXPECT_THAT(operations_.calls, IsEmpty());
    EXPECT_EQ(run({"account", "unlink", "ann@example.com", identity, "--force"}), ExitStatus::done);
    EXPECT_THAT(operations_.calls, ElementsAre("unlink " + id));
    EXPECT_EQ(run({"account", "unlink", "ann@example.com", "not an id"}), ExitStatus::failed);
}

}  // namespace
}  // namespace cardea::server
