// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/key.h"
#include "cardea/base/hex.h"
#include "tests/support/command_fixture.h"
#include "tests/support/fake_operations.h"

#include <gmock/gmock.h>

namespace cardea::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class ApiKeyCommandsTest : public testing::CommandFixture {
 protected:
    ApiKeyCommandsTest() : CommandFixture("apikey") {
        shared_ = &operations_;
        program_.open = [](const Config&, Opening) -> Result<std::shared_ptr<Operations>> {
            return std::shared_ptr<Operations>(shared_, [](Operations*) {});  // the fixture's own
        };
        operations_.put("ann@example.com");
    }

    std::string issue() {
        EXPECT_EQ(run({"new", "--account", "ann@example.com", "--name", "deploy"}), ExitStatus::done);
        return line();
    }

    testing::FakeOperations operations_;
    static inline Operations* shared_ = nullptr;
};

TEST_F(ApiKeyCommandsTest, new_makes_a_key_of_an_account_and_prints_nothing_but_it) {
    const ExitStatus status = run(
        {"new",
         "--account",
         "ann@example.com",
         "--name",
         "deploy",
         "--scope",
         "a:read",
         "--scope",
         "b",
         "--expires",
         "7d"}
    );

    EXPECT_EQ(status, ExitStatus::done);
    const Result<apikey::ApiKey> key = apikey::ApiKey::parse(line());
    ASSERT_TRUE(key) << line();
    EXPECT_EQ(out_.str(), line() + "\n");
    EXPECT_THAT(err_.str(), HasSubstr("shown once"));
    const apikey::ApiKeyRecord& record = operations_.api_keys.front();
    EXPECT_EQ(record.key_hash, key->hash());
    EXPECT_EQ(record.name, "deploy");
    EXPECT_EQ(record.scopes, "a:read b");
    EXPECT_EQ(record.expires_at, record.created_at + std::chrono::days(7));
}

TEST_F(ApiKeyCommandsTest, new_lives_90_days_unless_it_is_told_otherwise) {
    issue();
    EXPECT_EQ(
        run({"new", "--account", "ann@example.com", "--name", "n", "--expires", "never"}), ExitStatus::done
    );

    EXPECT_EQ(operations_.api_keys.at(0).expires_at, Time() + apikey::default_lifetime);
    EXPECT_EQ(operations_.api_keys.at(1).expires_at, std::nullopt);
    EXPECT_NE(
        run({"new", "--account", "ann@example.com", "--name", "n", "--expires", "soon"}), ExitStatus::done
    );
    EXPECT_EQ(operations_.api_keys.size(), 2U);
}

TEST_F(ApiKeyCommandsTest, new_without_an_account_is_for_a_store_of_ones_own) {
    EXPECT_EQ(run({"new", "--prefix", "acme_live"}), ExitStatus::done);

    const Result<apikey::ApiKey> key = apikey::ApiKey::parse(line());
    ASSERT_TRUE(key);
    EXPECT_THAT(line(), StartsWith("acme_live_"));
    EXPECT_THAT(err_.str(), HasSubstr(hex_encode(key->hash())));
    EXPECT_THAT(operations_.api_keys, IsEmpty());
    EXPECT_EQ(run({"new", "--prefix", "Acme"}), ExitStatus::usage);
    EXPECT_EQ(run({"new", "--account", "ann@example.com"}), ExitStatus::usage);
    EXPECT_EQ(run({"new", "--account", "bob@example.com", "--name", "n"}), ExitStatus::failed);
}

TEST_F(ApiKeyCommandsTest, check_says_whose_a_key_is) {
    const std::string key = issue();

    EXPECT_EQ(run({"check"}, key + "\n"), ExitStatus::done);

    EXPECT_THAT(out_.str(), AllOf(StartsWith("valid\n"), HasSubstr("ann@example.com"), HasSubstr("deploy")));
    EXPECT_THAT(out_.str(), Not(HasSubstr(key)));
}

TEST_F(ApiKeyCommandsTest, check_finds_a_typo_without_asking_anybody) {
    std::string mistyped = issue();
    mistyped.back() = mistyped.back() == 'a' ? 'b' : 'a';
    program_.open = nullptr;  // nobody is asked

    EXPECT_EQ(run({"check"}, mistyped), ExitStatus::failed);
    EXPECT_THAT(err_.str(), AllOf(HasSubstr("checksum"), Not(HasSubstr(mistyped))));
    EXPECT_EQ(run({"check", "--json"}, mistyped), ExitStatus::failed);
    EXPECT_EQ(printed().find_text("reason"), "api_key_malformed");
    EXPECT_EQ(run({"check"}, "not a key"), ExitStatus::failed);
    EXPECT_EQ(run({"check"}, ""), ExitStatus::failed);
}

TEST_F(ApiKeyCommandsTest, check_offline_looks_at_form_and_checksum_alone) {
    EXPECT_EQ(run({"new"}), ExitStatus::done);
    const std::string unknown = line();

    EXPECT_EQ(run({"check", "--offline"}, unknown), ExitStatus::done);
    EXPECT_EQ(run({"check"}, unknown), ExitStatus::failed);
    EXPECT_THAT(err_.str(), HasSubstr("api_key_unknown"));
}

TEST_F(ApiKeyCommandsTest, check_refuses_a_key_that_has_ended_or_whose_account_is_disabled) {
    const std::string key = issue();

    operations_.key_state = apikey::KeyState::expired;
    EXPECT_EQ(run({"check", "--json"}, key), ExitStatus::failed);
    EXPECT_THAT(
        out_.str(), StartsWith(R"({"valid":false,"reason":"api_key_expired","detail":"expired, or rotated")")
    );

    operations_.key_state = apikey::KeyState::live;
    operations_.accounts.front().status = account::Status::disabled;
    EXPECT_EQ(run({"check"}, key), ExitStatus::failed);
    EXPECT_THAT(out_.str(), HasSubstr("disabled"));
}

TEST_F(ApiKeyCommandsTest, list_shows_hints_and_never_keys) {
    const std::string key = issue();

    EXPECT_EQ(run({"list", "ann@example.com"}), ExitStatus::done);

    EXPECT_THAT(out_.str(), AllOf(HasSubstr("deploy"), HasSubstr("cardea_…"), Not(HasSubstr(key))));
}

TEST_F(ApiKeyCommandsTest, revoke_takes_one_key_or_all) {
    issue();
    const std::string id = operations_.api_keys.front().id.to_string();

    EXPECT_EQ(run({"revoke", "ann@example.com", id}), ExitStatus::done);
    EXPECT_THAT(operations_.calls.back(), StartsWith("revoke_api_key"));
    EXPECT_EQ(run({"revoke", "ann@example.com", "--all"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), HasSubstr("revoked: 1"));
    EXPECT_EQ(run({"revoke", "ann@example.com"}), ExitStatus::usage);
    EXPECT_EQ(run({"revoke", "ann@example.com", id, "--all"}), ExitStatus::usage);
    EXPECT_EQ(run({"revoke", "ann@example.com", "no id"}), ExitStatus::failed);
}

}  // namespace
}  // namespace cardea::server
