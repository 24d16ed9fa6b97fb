// SPDX-License-Identifier: Apache-2.0
// Opening, checking and copying database files.
#include "tests/support/item_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

namespace cardea::sql {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::run;
using testing::TemporaryFolder;

constexpr std::array<Migration, 2> second_schema{{
    first_schema[0],
    {2, "ALTER TABLE item ADD COLUMN seen {time}"},
}};
constexpr std::array<Migration, 2> broken_schema{{
    first_schema[0],
    {2, "CREATE TABLE half (id {integer}) {table}; CREATE TABLE item (id {integer}) {table}"},
}};

/// Runs SQL on the file from outside, as another program would.
void run_outside(const std::filesystem::path& file, const char* script) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, script, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    sqlite3_close(handle);
}

TEST(SqliteOpen, applies_each_migration_once) {
    const TemporaryFolder folder;
    EXPECT_EQ((*SqliteDatabase::open(options_in(folder)))->migrations_applied(), 1u);
    EXPECT_EQ((*SqliteDatabase::open(options_in(folder)))->migrations_applied(), 0u);

    const std::unique_ptr<SqliteDatabase> database =
        std::move(*SqliteDatabase::open(options_in(folder, second_schema)));

    EXPECT_EQ(database->migrations_applied(), 1u);
    EXPECT_EQ(database->schema_version(), 2);
    EXPECT_TRUE(run(database->read("SELECT seen FROM item", {})).has_value());
}

TEST(SqliteOpen, undoes_a_migration_that_fails) {
    const TemporaryFolder folder;
    const Result<std::unique_ptr<SqliteDatabase>> broken =
        SqliteDatabase::open(options_in(folder, broken_schema));
    ASSERT_FALSE(broken.has_value());
    EXPECT_THAT(broken.error().context, HasSubstr("migration 2"));

    const std::unique_ptr<SqliteDatabase> database = open_in(folder);

    EXPECT_FALSE(run(database->read("SELECT * FROM half", {})).has_value());
}

TEST(SqliteOpen, refuses_a_newer_schema) {
    const TemporaryFolder folder;
    ASSERT_TRUE(SqliteDatabase::open(options_in(folder, second_schema)).has_value());

    const Result<std::unique_ptr<SqliteDatabase>> older = SqliteDatabase::open(options_in(folder));

    ASSERT_FALSE(older.has_value());
    EXPECT_EQ(older.error().code, Errc::config);
    EXPECT_THAT(older.error().context, HasSubstr("newer version"));
}

TEST(SqliteOpen, refuses_the_database_of_another_program) {
    const TemporaryFolder folder;
    run_outside(folder.path() / "test.db", "PRAGMA application_id = 7; CREATE TABLE theirs (a)");

    const Result<std::unique_ptr<SqliteDatabase>> foreign = SqliteDatabase::open(options_in(folder));

    ASSERT_FALSE(foreign.has_value());
    EXPECT_EQ(foreign.error().code, Errc::config);
    EXPECT_THAT(foreign.error().context, HasSubstr("another program"));
}

TEST(SqliteOpen, refuses_a_nameless_database_with_tables) {
    const TemporaryFolder folder;
    run_outside(folder.path() / "test.db", "CREATE TABLE theirs (a)");

    EXPECT_EQ(SqliteDatabase::open(options_in(folder)).error().code, Errc::config);
}

TEST(SqliteOpen, refuses_what_is_no_database) {
    const TemporaryFolder folder;
    testing::write_file(folder.path() / "test.db", std::string(8192, 'x'));

    EXPECT_EQ(SqliteDatabase::open(options_in(folder)).error().code, Errc::store_corrupt);
}

TEST(SqliteOpen, reports_a_folder_that_is_not_there) {
    const TemporaryFolder folder;
    SqliteOptions options = options_in(folder);
    options.file = folder.path() / "absent" / "test.db";

    EXPECT_EQ(SqliteDatabase::open(options).error().code, Errc::store_unavailable);
}

TEST(SqliteOpen, knows_whether_the_file_was_closed) {
    const TemporaryFolder folder;
    EXPECT_TRUE(open_in(folder)->was_closed_cleanly());
    EXPECT_TRUE(open_in(folder)->was_closed_cleanly());

    const std::unique_ptr<SqliteDatabase> running = open_in(folder);

    EXPECT_FALSE(open_in(folder)->was_closed_cleanly());
}

TEST(SqliteCheck, finds_a_whole_file_whole) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);

    EXPECT_THAT(*run(database->check(CheckDepth::quick)), IsEmpty());
    EXPECT_THAT(*run(database->check(CheckDepth::full)), IsEmpty());
}

TEST(SqliteCheck, finds_an_index_that_lost_a_row) {
    const TemporaryFolder folder;
    ASSERT_TRUE(run(open_in(folder)->write(insertion(1, "a"))).has_value());
    run_outside(
        folder.path() / "test.db",
        "PRAGMA writable_schema = ON;"
        "CREATE INDEX extra ON item (data);"
        "DELETE FROM sqlite_schema WHERE name = 'extra';"
    );
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);

    const Result<std::vector<std::string>> problems = run(database->check(CheckDepth::full));

    ASSERT_TRUE(problems.has_value());
    EXPECT_FALSE(problems->empty());
}

TEST(SqliteBackup, copies_everything) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    ASSERT_TRUE(run(database->write(insertion(1, "a"))).has_value());
    const std::filesystem::path target = folder.path() / "copy.db";

    ASSERT_TRUE(run(database->back_up(target)).has_value());

    SqliteOptions options = options_in(folder);
    options.file = target;
    const std::unique_ptr<SqliteDatabase> copy = std::move(*SqliteDatabase::open(options));
    EXPECT_EQ(count(*copy), 1);
    EXPECT_THAT(*run(copy->check(CheckDepth::full)), IsEmpty());
}

TEST(SqliteBackup, leaves_one_private_file_behind) {
    const TemporaryFolder folder;
    const TemporaryFolder elsewhere;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);

    ASSERT_TRUE(run(database->back_up(elsewhere.path() / "copy.db")).has_value());

    const std::filesystem::directory_iterator files(elsewhere.path());
    EXPECT_EQ(files->path().filename(), "copy.db");
    EXPECT_EQ(files->status().permissions() & std::filesystem::perms(0777), std::filesystem::perms(0600));
    EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(SqliteBackup, refuses_to_overwrite) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    const std::filesystem::path target = folder.path() / "copy.db";
    testing::write_file(target, "precious");

    EXPECT_EQ(run(database->back_up(target)).error().code, Errc::io);
    EXPECT_EQ(std::filesystem::file_size(target), 8u);
}

TEST(SqliteBackup, is_not_made_of_a_damaged_database) {
    const TemporaryFolder folder;
    const TemporaryFolder elsewhere;
    std::ignore = run(open_in(folder)->write(insertion(1, "one")));
    std::fstream file(options_in(folder).file, std::ios::in | std::ios::out | std::ios::binary);
    constexpr std::streamoff page = 4096;
    file.seekp(2 * page);  // behind the schema and the table of the driver
    file << std::string(page, '\xff');
    file.close();
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);

    const Result<> made = run(database->back_up(elsewhere.path() / "copy.db"));

    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, Errc::store_corrupt);
    EXPECT_THAT(made.error().context, HasSubstr("no backup was made"));
    EXPECT_TRUE(std::filesystem::is_empty(elsewhere.path()));
    EXPECT_EQ(database->errors().count(Errc::store_corrupt), 1u);
}

TEST(SqliteBackup, reports_a_target_that_cannot_be_written) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);

    EXPECT_EQ(run(database->back_up(folder.path() / "absent" / "copy.db")).error().code, Errc::io);
}

TEST(SqliteBackup, is_consistent_under_writes) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    std::atomic<bool> done = false;
    // Each batch writes a pair: a copy with half a pair would be a copy of no moment that ever was.
    std::thread writer([&] {
        for (std::int64_t i = 0; !done; i += 2) {
            Batch batch = insertion(i, std::to_string(i) + std::string(500, 'x'));
            batch.add(insert_item, {i + 1, std::to_string(i + 1), std::monostate()});
            ASSERT_TRUE(run(database->write(std::move(batch))).has_value());
        }
    });

    for (int i = 0; i < 5; ++i) {
        const std::filesystem::path target = folder.path() / ("copy" + std::to_string(i));
        ASSERT_TRUE(run(database->back_up(target)).has_value());
        SqliteOptions options = options_in(folder);
        options.file = target;
        const std::unique_ptr<SqliteDatabase> copy = std::move(*SqliteDatabase::open(options));
        EXPECT_EQ(count(*copy) % 2, 0);
        EXPECT_THAT(*run(copy->check(CheckDepth::full)), IsEmpty());
    }
    done = true;
    writer.join();
}

}  // namespace
}  // namespace cardea::sql
