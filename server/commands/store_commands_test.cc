// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/restore.h"
#include "tests/support/command_fixture.h"
#include "tests/support/fake_operations.h"

#include <gmock/gmock.h>

#include <memory>
#include <tuple>

namespace cardea::server {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class StoreCommandsTest : public testing::CommandFixture {
 protected:
    StoreCommandsTest() {
        shared_ = &operations_;
        program_.open = [](const Config&, Opening opening) -> Result<std::shared_ptr<Operations>> {
            opening_ = opening;
            return std::shared_ptr<Operations>(shared_, [](Operations*) {});  // the fixture's own
        };
    }

    testing::FakeOperations operations_;
    static inline Opening opening_ = Opening::everything;  ///< what the last command asked for
    static inline Operations* shared_ = nullptr;
};

TEST_F(StoreCommandsTest, backup_gives_the_server_an_absolute_path) {
    EXPECT_EQ(run({"backup", "copy.db"}), ExitStatus::done);

    EXPECT_THAT(operations_.calls, ElementsAre("backup " + std::filesystem::absolute("copy.db").string()));
    EXPECT_THAT(
        out_.str(), AllOf(HasSubstr("The root secret is not in it"), HasSubstr("accounts and sessions go on"))
    );
}

TEST_F(StoreCommandsTest, restore_says_what_it_kept) {
    program_.restore = [](const Config& config,
                          const std::filesystem::path& backup) -> Result<sql::Restored> {
        if (backup != "copy.db") {
            return fail(Errc::io, backup.string() + " was not restored: it is damaged");
        }
        return sql::Restored{.schema_version = 3, .kept = config.data / "cardea.db.replaced-1"};
    };
    const std::string kept = (folder_.path() / "cardea.db.replaced-1").string();

    EXPECT_EQ(run({"restore", "copy.db"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), AllOf(HasSubstr("Restored from copy.db"), HasSubstr("is now " + kept)));
    EXPECT_EQ(run({"restore", "copy.db", "--json"}), ExitStatus::done);
    EXPECT_EQ(line(), R"({"backup":"copy.db","schema":3,"root_secret_missing":true,"kept":")" + kept + "\"}");
    EXPECT_EQ(run({"restore", "other.db"}), ExitStatus::failed);
    EXPECT_EQ(err_.str(), "cardea: other.db was not restored: it is damaged\n");
    EXPECT_EQ(run({"restore"}), ExitStatus::usage);
}

TEST_F(StoreCommandsTest, restore_says_when_the_root_secret_is_missing) {
    program_.restore = [](const Config&, const std::filesystem::path&) -> Result<sql::Restored> {
        return sql::Restored{.schema_version = 3, .kept = {}};
    };

    EXPECT_EQ(run({"restore", "copy.db"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), HasSubstr("The root secret is missing here"));
    program_.environment = {
        {"CARDEA_SECRET", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
    };
    EXPECT_EQ(run({"restore", "copy.db"}), ExitStatus::done);
    EXPECT_THAT(out_.str(), Not(HasSubstr("is missing here")));
}

TEST_F(StoreCommandsTest, check_says_so_also_of_what_cannot_be_read_at_all) {
    operations_.check_fails = Errc::store_corrupt;

    EXPECT_EQ(run({"check", "--json"}), ExitStatus::failed);
    EXPECT_EQ(line(), R"({"valid":false,"reason":"store_corrupt","detail":"page 3"})");
    EXPECT_EQ(run({"check"}), ExitStatus::failed);
    EXPECT_EQ(out_.str(), "");
    EXPECT_THAT(err_.str(), AllOf(HasSubstr("cardea restore FILE"), HasSubstr("page 3")));
    operations_.check_fails = Errc::busy;
    EXPECT_EQ(run({"check", "--json"}), ExitStatus::failed);
    EXPECT_EQ(out_.str(), "");
}

TEST_F(StoreCommandsTest, check_reads_a_backup) {
    program_.check_backup = [](const std::filesystem::path& backup) -> Result<std::vector<std::string>> {
        if (backup == "foreign.db") {
            return fail(Errc::invalid, "foreign.db is no backup of this program");
        }
        if (backup == "garbage.db") {
            return fail(Errc::store_corrupt, "not a database");
        }
        return backup == "damaged.db" ? std::vector<std::string>{"page 3"} : std::vector<std::string>();
    };

    EXPECT_EQ(run({"check", "copy.db"}), ExitStatus::done);
    EXPECT_EQ(out_.str(), "The backup is whole.\n");
    EXPECT_EQ(run({"check", "damaged.db"}), ExitStatus::failed);
    EXPECT_EQ(out_.str(), "page 3\nThe backup is damaged: keep another.\n");
    EXPECT_EQ(run({"check", "garbage.db", "--json"}), ExitStatus::failed);
    EXPECT_EQ(line(), R"({"valid":false,"reason":"store_corrupt","detail":"not a database"})");
    EXPECT_EQ(err_.str(), "cardea: the backup is damaged: keep another (not a database)\n");
    EXPECT_EQ(run({"check", "foreign.db"}), ExitStatus::failed);
    EXPECT_EQ(err_.str(), "cardea: foreign.db is no backup of this program\n");
}

TEST_F(StoreCommandsTest, check_fails_when_something_is_wrong) {
    EXPECT_EQ(run({"check"}), ExitStatus::done);
    operations_.problems = {"row 3 missing from index"};
    EXPECT_EQ(run({"check"}), ExitStatus::failed);
    EXPECT_THAT(out_.str(), HasSubstr("row 3 missing from index"));
    EXPECT_EQ(run({"check", "--json"}), ExitStatus::failed);
    EXPECT_EQ(
        line(),
        R"({"valid":false,"reason":"store_corrupt","detail":"row 3 missing from index",)"
        R"("problems":["row 3 missing from index"]})"
    );
}

TEST_F(StoreCommandsTest, what_reads_the_database_alone_needs_no_root_secret) {
    const auto needs = [&](std::vector<std::string> command) {
        std::ignore = run(std::move(command));
        return opening_;
    };

    EXPECT_EQ(needs({"check"}), Opening::database_only);
    EXPECT_EQ(needs({"migrate"}), Opening::database_only);
    EXPECT_EQ(needs({"backup", "copy.db"}), Opening::database_only);
    EXPECT_EQ(needs({"account", "list"}), Opening::everything);
}

TEST_F(StoreCommandsTest, migrate_tells_the_schema) {
    EXPECT_EQ(run({"migrate"}), ExitStatus::done);
    EXPECT_EQ(out_.str(), "The database is at schema 3: migrations applied: 1.\n");
    EXPECT_EQ(run({"migrate"}), ExitStatus::done);
    EXPECT_EQ(out_.str(), "The database is at schema 3: nothing to do.\n");
}

}  // namespace
}  // namespace cardea::server
