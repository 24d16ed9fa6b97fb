// SPDX-License-Identifier: Apache-2.0
// The lossy VFS itself, and what the SQLite driver answers when the disk misbehaves.
#include "tests/crash/lossy_vfs.h"

#include "cardea/base/assert.h"
#include "cardea/sql/sqlite_database.h"
#include "tests/support/run_task.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <string>
#include <vector>

namespace cardea::sql {
namespace {

using testing::run;
using testing::run_all;
using testing::TemporaryFolder;

constexpr std::array<Migration, 1> migrations{{
    {1, "CREATE TABLE item (id {integer} PRIMARY KEY, data {text} NOT NULL) {table}"},
}};
constexpr std::string_view insert_item = "INSERT INTO item (id, data) VALUES ($1, $2)";
constexpr std::string_view count_items = "SELECT count(*) FROM item";

class LossyVfs : public ::testing::Test {
 protected:
    LossyVfs() { testing::register_lossy_vfs(); }
    ~LossyVfs() override {
        testing::fail_writes_with(SQLITE_OK);
        testing::fail_syncs_with(SQLITE_OK);
    }

    std::unique_ptr<SqliteDatabase> open(Synchronous synchronous = Synchronous::full) {
        SqliteOptions options = options_for(folder_);
        options.vfs = testing::lossy_vfs_name;
        options.synchronous = synchronous;
        Result<std::unique_ptr<SqliteDatabase>> database = SqliteDatabase::open(std::move(options));
        CARDEA_ASSERT(database.has_value());
        return std::move(*database);
    }

    static SqliteOptions options_for(const TemporaryFolder& folder) {
        SqliteOptions options;
        options.file = folder.path() / "test.db";
        options.schema = {7, migrations};
        return options;
    }

    /// How many rows a power cut now would leave; -1 when not even a database.
    std::int64_t rows_on_disk() {
        const TemporaryFolder after;
        for (const char* name : {"test.db", "test.db-wal"}) {
            std::error_code ignored;  // either may be missing
            std::filesystem::copy_file(folder_.path() / name, after.path() / name, ignored);
        }
        const auto database = SqliteDatabase::open(options_for(after));
        return database ? count(**database) : -1;
    }

    static std::int64_t count(SqliteDatabase& database) {
        return run(database.read(count_items, {}))->at(0).integer(0);
    }

    static Batch insertion(std::int64_t id) {
        Batch batch;
        batch.add(insert_item, {id, std::string(2000, 'x')});
        return batch;
    }

    TemporaryFolder folder_;
};

TEST_F(LossyVfs, keeps_what_was_synced) {
    const std::unique_ptr<SqliteDatabase> database = open();

    for (std::int64_t i = 0; i < 20; ++i) {
        ASSERT_TRUE(run(database->write(insertion(i))).has_value());
        EXPECT_EQ(rows_on_disk(), i + 1);
    }
}

TEST_F(LossyVfs, keeps_what_went_through_checkpoints) {
    const std::unique_ptr<SqliteDatabase> database = open();

    // Three times what the log holds before SQLite moves it into the file.
    for (std::int64_t i = 0; i < 30; ++i) {
        Batch batch;
        for (std::int64_t k = 0; k < 200; ++k) {
            batch.add(insert_item, {i * 200 + k, std::string(2000, 'x')});
        }
        ASSERT_TRUE(run(database->write(std::move(batch))).has_value());
    }

    EXPECT_EQ(rows_on_disk(), 6000);
}

TEST_F(LossyVfs, loses_what_was_not_synced) {
    open().reset();
    const std::unique_ptr<SqliteDatabase> database = open(Synchronous::off);

    ASSERT_TRUE(run(database->write(insertion(1))).has_value());

    EXPECT_EQ(count(*database), 1);
    EXPECT_GT(testing::unsynced_bytes(), 0u);
    EXPECT_LT(rows_on_disk(), 1);
}

TEST_F(LossyVfs, shares_what_was_not_synced_with_all_connections) {
    const std::unique_ptr<SqliteDatabase> database = open(Synchronous::off);
    ASSERT_TRUE(run(database->write(insertion(1))).has_value());

    EXPECT_EQ(count(*open(Synchronous::off)), 1);
}

TEST_F(LossyVfs, a_full_disk_is_store_unavailable_and_passes) {
    const std::unique_ptr<SqliteDatabase> database = open();
    ASSERT_TRUE(run(database->write(insertion(1))).has_value());

    testing::fail_writes_with(SQLITE_FULL);
    EXPECT_EQ(run(database->write(insertion(2))).error().code, Errc::store_unavailable);
    EXPECT_EQ(count(*database), 1);

    testing::fail_writes_with(SQLITE_OK);
    EXPECT_TRUE(run(database->write(insertion(3))).has_value());
    EXPECT_EQ(count(*database), 2);
    EXPECT_EQ(rows_on_disk(), 2);
}

TEST_F(LossyVfs, a_commit_that_fails_fails_the_whole_group) {
    const std::unique_ptr<SqliteDatabase> database = open();
    std::vector<Task<Result<std::vector<Outcome>>>> writes;
    for (std::int64_t i = 0; i < 100; ++i) {
        writes.push_back(database->write(insertion(i)));
    }

    testing::fail_syncs_with(SQLITE_IOERR_FSYNC);
    for (const Result<std::vector<Outcome>>& answer : run_all(std::move(writes))) {
        ASSERT_FALSE(answer.has_value());
        EXPECT_EQ(answer.error().code, Errc::store_unavailable);
    }

    testing::fail_syncs_with(SQLITE_OK);
    EXPECT_TRUE(run(database->write(insertion(1))).has_value());
    EXPECT_EQ(count(*database), 1);
    EXPECT_EQ(rows_on_disk(), 1);
}

TEST_F(LossyVfs, a_disk_that_fails_at_the_start_is_an_answer) {
    testing::fail_writes_with(SQLITE_IOERR_WRITE);
    SqliteOptions options = options_for(folder_);
    options.vfs = testing::lossy_vfs_name;

    EXPECT_EQ(SqliteDatabase::open(options).error().code, Errc::store_unavailable);
}

}  // namespace
}  // namespace cardea::sql
