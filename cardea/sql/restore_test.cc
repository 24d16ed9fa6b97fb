// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/restore.h"

#include "tests/support/item_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

namespace cardea::sql {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::run;
using testing::TemporaryFolder;
using ::testing::UnorderedElementsAre;

constexpr std::array<Migration, 2> newer_schema{
    {first_schema[0], {2, "CREATE TABLE more (a {integer}) {table}"}}
};

std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        names.push_back(entry.path().filename().string());
    }
    return names;
}

std::int64_t count_in(const std::filesystem::path& file) {
    SqliteOptions options;
    options.file = file;
    options.schema = {0x43415244, first_schema};
    return count(**SqliteDatabase::open(options));
}

/// A folder as a killed server leaves it: two rows, which stand in the log alone, and a backup with the
/// first.
class Restore : public ::testing::Test {
 protected:
    Restore() {
        const TemporaryFolder running;
        const std::unique_ptr<SqliteDatabase> database = open_in(running);
        EXPECT_TRUE(run(database->write(insertion(1, "before"))).has_value());
        EXPECT_TRUE(run(database->back_up(backup())).has_value());
        EXPECT_TRUE(run(database->write(insertion(2, "after"))).has_value());
        for (const char* name : {"test.db", "test.db-wal"}) {
            std::filesystem::copy_file(running.path() / name, folder_.path() / name);
        }
    }

    [[nodiscard]] std::filesystem::path backup() const { return elsewhere_.path() / "backup.db"; }
    [[nodiscard]] Result<Restored> restore_here() const { return restore(options_in(folder_), backup()); }

    TemporaryFolder folder_;
    TemporaryFolder elsewhere_;
};

TEST_F(Restore, leaves_nothing_of_the_old_log_to_the_new_file) {
    const Result<Restored> restored = restore_here();

    ASSERT_TRUE(restored) << restored.error().context;
    EXPECT_EQ(restored->schema_version, 1);
    EXPECT_EQ(count_in(folder_.path() / "test.db"), 1);
}

TEST_F(Restore, keeps_all_of_what_was_there_beside_it) {
    const Result<Restored> first = restore_here();
    const Result<Restored> second = restore_here();

    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->kept, folder_.path() / "test.db.replaced-1");
    EXPECT_EQ(second->kept, folder_.path() / "test.db.replaced-2");
    EXPECT_EQ(count_in(first->kept), 2);
    EXPECT_THAT(
        names_in(folder_.path()), UnorderedElementsAre("test.db", "test.db.replaced-1", "test.db.replaced-2")
    );
}

TEST_F(Restore, puts_a_damaged_database_aside_with_its_log) {
    testing::write_file(folder_.path() / "test.db", std::string(8192, 'x'));
    testing::write_file(folder_.path() / "test.db-wal", std::string(8192, 'y'));

    const Result<Restored> restored = restore_here();

    ASSERT_TRUE(restored) << restored.error().context;
    EXPECT_EQ(std::filesystem::file_size(restored->kept), 8192u);
    EXPECT_TRUE(std::filesystem::exists(restored->kept.string() + "-wal"));
    EXPECT_EQ(count_in(folder_.path() / "test.db"), 1);
}

TEST_F(Restore, makes_a_private_file_where_there_was_none) {
    const TemporaryFolder empty;

    const Result<Restored> restored = restore(options_in(empty), backup());

    ASSERT_TRUE(restored) << restored.error().context;
    EXPECT_TRUE(restored->kept.empty());
    const std::filesystem::path file = empty.path() / "test.db";
    EXPECT_EQ(
        std::filesystem::status(file).permissions() & std::filesystem::perms(0777),
        std::filesystem::perms(0600)
    );
    EXPECT_EQ(count_in(file), 1);
}

TEST_F(Restore, takes_no_notice_of_one_that_was_cut_short) {
    testing::write_file(folder_.path() / "test.db.restoring", "half");
    testing::write_file(folder_.path() / "test.db.restoring-journal", "half");

    ASSERT_TRUE(restore_here());

    EXPECT_THAT(names_in(folder_.path()), UnorderedElementsAre("test.db", "test.db.replaced-1"));
}

TEST_F(Restore, changes_nothing_when_the_backup_is_damaged) {
    std::fstream file(backup(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096 + 8);
    file << std::string(200, '\xff');
    file.close();
    const std::vector<std::string> before = names_in(folder_.path());

    const Result<Restored> restored = restore_here();

    ASSERT_FALSE(restored);
    EXPECT_EQ(restored.error().code, Errc::io);
    EXPECT_THAT(restored.error().context, HasSubstr("backup.db was not restored"));
    EXPECT_EQ(names_in(folder_.path()).size(), before.size());
    EXPECT_EQ(count_in(folder_.path() / "test.db"), 2);
}

TEST_F(Restore, refuses_what_is_no_backup_of_this_program) {
    SqliteOptions theirs;
    theirs.file = elsewhere_.path() / "theirs.db";
    theirs.schema = {7, first_schema};
    ASSERT_TRUE(SqliteDatabase::open(theirs));
    testing::write_file(elsewhere_.path() / "text", std::string(8192, 'x'));
    testing::write_file(elsewhere_.path() / "empty", "");

    for (const char* name : {"theirs.db", "text", "empty", "absent", "."}) {
        const Result<Restored> restored = restore(options_in(folder_), elsewhere_.path() / name);

        ASSERT_FALSE(restored) << name;
        EXPECT_EQ(restored.error().code, Errc::io) << name;
    }
    EXPECT_EQ(
        restore(options_in(folder_), folder_.path() / "test.db").error().context,
        (folder_.path() / "test.db").string() + " is the database itself"
    );
    EXPECT_EQ(count_in(folder_.path() / "test.db"), 2);
}

TEST_F(Restore, refuses_a_backup_of_a_newer_program) {
    SqliteOptions newer;
    newer.file = backup();
    newer.schema = {0x43415244, newer_schema};
    ASSERT_TRUE(SqliteDatabase::open(newer));

    const Result<Restored> restored = restore_here();

    ASSERT_FALSE(restored);
    EXPECT_THAT(restored.error().context, AllOf(HasSubstr("backup.db"), HasSubstr("newer version")));
}

TEST_F(Restore, takes_what_a_check_finds_whole) {
    SqliteOptions options = options_in(folder_);
    options.file = backup();

    const auto whole = check_backup(options);
    ASSERT_TRUE(whole.has_value()) << whole.error().context;
    EXPECT_TRUE(whole->empty());
    EXPECT_THAT(names_in(elsewhere_.path()), UnorderedElementsAre("backup.db"));

    std::fstream file(backup(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096 + 8);
    file << std::string(200, '\xff');
    file.close();
    const auto damaged = check_backup(options);
    EXPECT_TRUE(!damaged.has_value() || !damaged->empty());
}

TEST_F(Restore, is_not_what_a_check_takes_for_no_backup) {
    testing::write_file(elsewhere_.path() / "empty", "");
    testing::write_file(elsewhere_.path() / "text", std::string(8192, 'x'));
    const auto code = [this](const char* name) {
        SqliteOptions options = options_in(folder_);
        options.file = elsewhere_.path() / name;
        return check_backup(options).error().code;
    };

    EXPECT_EQ(code("absent"), Errc::io);
    EXPECT_EQ(code("empty"), Errc::invalid);
    EXPECT_EQ(code("text"), Errc::store_corrupt);
}

}  // namespace
}  // namespace cardea::sql
