// SPDX-License-Identifier: Apache-2.0
#include "tests/support/command_fixture.h"
#include "tests/support/fake_operations.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>

namespace cardea::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class AuditCommandsTest : public testing::CommandFixture {
 protected:
    AuditCommandsTest() {
        shared_ = &operations_;
        program_.open = [](const Config&, Opening) -> Result<std::shared_ptr<Operations>> {
            return std::shared_ptr<Operations>(shared_, [](Operations*) {});  // the fixture's own
        };
    }

    testing::FakeOperations operations_;
    static inline Operations* shared_ = nullptr;
};

TEST_F(AuditCommandsTest, audit_verify_tells_the_head_and_takes_one) {
    const std::string head = "7:" + std::string(64, 'a');
    operations_.verification.head = audit::parse_head(head).value();

    EXPECT_EQ(run({"audit", "verify"}), ExitStatus::done);
    EXPECT_EQ(out_.str(), "The audit log is whole: 7 rows.\nIts head is " + head + "\n");
    EXPECT_FALSE(operations_.known_head);

    EXPECT_EQ(run({"audit", "verify", "--head", head}), ExitStatus::done);
    EXPECT_EQ(operations_.known_head, operations_.verification.head);

    EXPECT_EQ(run({"audit", "verify", "--head", "7:aa"}), ExitStatus::usage);
    EXPECT_THAT(err_.str(), HasSubstr("COUNT:MAC"));
}

TEST_F(AuditCommandsTest, audit_verify_tells_rows_of_a_lost_secret_from_tampering) {
    operations_.verification.unchecked = {.first = 3, .rows = 4};

    EXPECT_EQ(run({"audit", "verify"}), ExitStatus::failed);
    EXPECT_THAT(
        out_.str(),
        AllOf(
            HasSubstr("4 rows from row 3 on were made under a root secret that is not here"),
            HasSubstr("The other 7 rows are whole"),
            Not(HasSubstr("tampered"))
        )
    );
    EXPECT_EQ(run({"audit", "verify", "--json"}), ExitStatus::failed);
    EXPECT_THAT(
        line(), HasSubstr(R"({"valid":false,"reason":"signature_invalid","detail":"4 rows from row 3 on)")
    );
    EXPECT_THAT(line(), HasSubstr(R"("unchecked":{"first":3,"rows":4})"));
}

TEST_F(AuditCommandsTest, audit_verify_fails_when_a_row_is_broken) {
    EXPECT_EQ(run({"audit", "verify"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), HasSubstr("7 rows"));
    operations_.verification.first_break = audit::Break{.sequence = 4, .damage = audit::Damage::changed};
    EXPECT_EQ(run({"audit", "verify"}), ExitStatus::failed);
    EXPECT_THAT(out_.str(), HasSubstr("row 4 is changed"));
    EXPECT_EQ(run({"audit", "verify", "--json"}), ExitStatus::failed);
    EXPECT_EQ(
        line(),
        R"({"valid":false,"reason":"store_corrupt","detail":"row 4 is changed",)"
        R"("first_break":{"sequence":4,"damage":"changed"},"rows":7,"head":"0:)" +
            std::string(64, '0') + "\"}"
    );
}

TEST_F(AuditCommandsTest, audit_list_shows_the_newest_rows_of_many_pages_in_order) {
    operations_.put("ada@example.com");
    const AccountId ada = operations_.accounts.front().id;
    constexpr std::int64_t more_than_a_page = 450;
    for (std::int64_t i = 1; i <= more_than_a_page; ++i) {
        audit::AuditRecord row;
        row.sequence = i;
        row.at = Time(std::chrono::hours(24 * i));
        row.event = i % 2 == 0 ? "session.ended" : "session.issued";
        row.outcome = "success";
        row.account = ada;
        row.personal =
            R"({"address":"192.0.2.7","subject":"ada\u001b[2J","issuer":"https://id.example","session":"s1"})";
        operations_.events.push_back(row);
    }

    EXPECT_EQ(run({"audit", "list", "--limit", "401", "--json"}), ExitStatus::done);
    const Json printed = this->printed();
    const auto events = printed.find("events")->items();
    ASSERT_EQ(events.size(), 401U);
    EXPECT_EQ(events.front().find("sequence")->as_integer(), 50);
    EXPECT_EQ(events.back().find("sequence")->as_integer(), more_than_a_page);
    EXPECT_EQ(events.back().find_text("address"), "192.0.2.7");
    EXPECT_EQ(events.back().find_text("issuer"), "https://id.example");
    EXPECT_EQ(events.back().find_text("session"), "s1");

    EXPECT_EQ(
        run({"audit", "list", "--account", "ada@example.com", "--event", "session.ended"}), ExitStatus::done
    );
    EXPECT_EQ(std::ranges::count(out_.str(), '\n'), 101);
    EXPECT_THAT(
        out_.str(),
        AllOf(
            HasSubstr("192.0.2.7"),
            HasSubstr("https://id.example  s1"),
            Not(HasSubstr("\u001b")),
            Not(HasSubstr("issued"))
        )
    );
    EXPECT_EQ(run({"audit", "list", "--since", "1971-03-25"}), ExitStatus::done);
    EXPECT_EQ(std::ranges::count(out_.str(), '\n'), 4);
    EXPECT_EQ(run({"audit", "list", "--account", ada.to_string(), "--since", "7d"}), ExitStatus::done);
    EXPECT_EQ(std::ranges::count(out_.str(), '\n'), 1);
}

TEST_F(AuditCommandsTest, audit_list_shows_what_there_is_where_nothing_can_be_written) {
    audit::AuditRecord row;
    row.sequence = 1;
    row.event = "session.issued";
    row.outcome = "success";
    operations_.events.push_back(row);
    operations_.audit_not_written = Errc::store_unavailable;

    EXPECT_EQ(run({"audit", "list", "--json"}), ExitStatus::done);
    EXPECT_EQ(printed().find("events")->items().size(), 1U);
    EXPECT_EQ(printed().find_text("not_written"), "store_unavailable");
    EXPECT_THAT(err_.str(), HasSubstr("warning: what happened last is not in the list"));
    operations_.audit_not_written.reset();
    EXPECT_EQ(run({"audit", "list"}), ExitStatus::done);
    EXPECT_EQ(err_.str(), "");
}

TEST_F(AuditCommandsTest, audit_list_says_how_its_options_are_written) {
    EXPECT_EQ(run({"audit", "list", "--since", "yesterday"}), ExitStatus::usage);
    EXPECT_THAT(err_.str(), HasSubstr("such as 12h or 7d, or a time"));
    EXPECT_EQ(run({"audit", "list", "--event", "session.isued"}), ExitStatus::usage);
    EXPECT_THAT(err_.str(), HasSubstr("did you mean session.issued?"));
    EXPECT_EQ(run({"audit", "list", "--event", "x"}), ExitStatus::usage);
    EXPECT_THAT(err_.str(), HasSubstr("choose one of: session.issued, account.registered"));
    EXPECT_EQ(run({"audit", "list", "--limit", "0"}), ExitStatus::usage);
    EXPECT_EQ(run({"audit", "list", "--account", "nobody"}), ExitStatus::failed);
    EXPECT_EQ(err_.str(), "cardea: there is no such account\n");
}

TEST_F(AuditCommandsTest, why_explains_a_reference) {
    EXPECT_EQ(run({"why", "abcd-efgh-jkmn-pqrs"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), HasSubstr("wrong_password"));
    EXPECT_EQ(run({"why", "nonsense"}), ExitStatus::failed);
}

}  // namespace
}  // namespace cardea::server
