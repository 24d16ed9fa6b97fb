// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/sqlite_database.h"

#include "cardea/base/assert.h"
#include "tests/support/run_task.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <future>
#include <thread>

namespace cardea::sql {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::run;
using testing::run_all;
using testing::TemporaryFolder;

constexpr std::array<Migration, 1> first_schema{{
    {1, "CREATE TABLE item (id {integer} PRIMARY KEY, name {text} NOT NULL UNIQUE, data {bytes}) {table}"},
}};
constexpr std::array<Migration, 2> second_schema{{
    first_schema[0],
    {2, "ALTER TABLE item ADD COLUMN seen {time}"},
}};
constexpr std::array<Migration, 2> broken_schema{{
    first_schema[0],
    {2, "CREATE TABLE half (id {integer}) {table}; CREATE TABLE item (id {integer}) {table}"},
}};
constexpr std::int32_t application_id = 0x43415244;

constexpr std::string_view insert_item = "INSERT INTO item (id, name, data) VALUES ($1, $2, $3)";
constexpr std::string_view find_item = "SELECT name, data FROM item WHERE id = $1";
constexpr std::string_view count_items = "SELECT count(*) FROM item";

SqliteOptions options_in(
    const TemporaryFolder& folder, std::span<const Migration> migrations = first_schema
) {
    SqliteOptions options;
    options.file = folder.path() / "test.db";
    options.schema = {application_id, migrations};
    return options;
}

std::unique_ptr<SqliteDatabase> open_in(const TemporaryFolder& folder) {
    Result<std::unique_ptr<SqliteDatabase>> database = SqliteDatabase::open(options_in(folder));
    CARDEA_ASSERT(database.has_value());
    return std::move(*database);
}

Batch insertion(std::int64_t id, std::string name) {
    Batch batch;
    batch.add(insert_item, {id, std::move(name), std::monostate()});
    return batch;
}

std::int64_t count(SqliteDatabase& database) {
    return run(database.read(count_items, {}))->at(0).integer(0);
}

/// Runs SQL on the file from outside, as another program would.
void run_outside(const std::filesystem::path& file, const char* script) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, script, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    sqlite3_close(handle);
}

TEST(SqliteDatabase, returns_what_was_written) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    const std::string name("with \0 inside and ü", 19);
    Batch batch;
    batch.add(insert_item, {std::int64_t{-5}, name, Bytes{0, 255, 0}});

    const Result<std::vector<Outcome>> written = run(database->write(std::move(batch)));

    ASSERT_TRUE(written.has_value());
    EXPECT_EQ(written->at(0).changed, 1);
    const Result<Rows> rows = run(database->read(find_item, {std::int64_t{-5}}));
    ASSERT_EQ(rows->size(), 1u);
    EXPECT_EQ(rows->at(0).text(0), name);
    EXPECT_EQ(rows->at(0).blob(1), (Bytes{0, 255, 0}));
}

TEST(SqliteDatabase, tells_empty_bytes_from_null) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    Batch batch;
    batch.add(insert_item, {std::int64_t{1}, std::string("empty"), Bytes()});
    batch.add(insert_item, {std::int64_t{2}, std::string("null"), std::monostate()});
    ASSERT_TRUE(run(database->write(std::move(batch))).has_value());

    EXPECT_TRUE(run(database->read(find_item, {std::int64_t{1}}))->at(0).blob(1).empty());
    EXPECT_TRUE(run(database->read(find_item, {std::int64_t{2}}))->at(0).is_null(1));
}

TEST(SqliteDatabase, binds_numbered_parameters_by_number_not_by_place) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);

    const Result<Rows> rows =
        run(database->read("SELECT $2, $1, $2", {std::string("one"), std::string("two")}));

    ASSERT_TRUE(rows.has_value());
    EXPECT_EQ(rows->at(0).text(0), "two");
    EXPECT_EQ(rows->at(0).text(1), "one");
    EXPECT_EQ(rows->at(0).text(2), "two");
}

TEST(SqliteDatabase, refuses_a_wrong_number_of_parameters) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);

    EXPECT_EQ(run(database->read(find_item, {})).error().code, Errc::internal);
}

TEST(SqliteDatabase, answers_a_scan_from_its_pool) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    ASSERT_TRUE(run(database->write(insertion(1, "a"))).has_value());

    EXPECT_EQ(run(database->scan(count_items, {}))->at(0).integer(0), 1);
}

TEST(SqliteDatabase, refuses_scans_when_too_many_wait) {
    const TemporaryFolder folder;
    SqliteOptions options = options_in(folder);
    options.scan_queue = 0;
    const std::unique_ptr<SqliteDatabase> database = std::move(*SqliteDatabase::open(options));

    EXPECT_EQ(run(database->scan(count_items, {})).error().code, Errc::busy);
}

TEST(SqliteDatabase, refuses_writes_when_the_queue_is_full) {
    const TemporaryFolder folder;
    SqliteOptions options = options_in(folder);
    options.write_queue = 0;
    const std::unique_ptr<SqliteDatabase> database = std::move(*SqliteDatabase::open(options));

    EXPECT_EQ(run(database->write(insertion(1, "a"))).error().code, Errc::busy);
}

TEST(SqliteDatabase, undoes_a_whole_batch_when_one_statement_fails) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    Batch batch = insertion(1, "same");
    batch.add(insert_item, {std::int64_t{2}, std::string("same"), std::monostate()});

    EXPECT_EQ(run(database->write(std::move(batch))).error().code, Errc::conflict);
    EXPECT_EQ(count(*database), 0);
}

TEST(SqliteDatabase, undoes_a_batch_whose_expectation_is_not_met) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    Batch batch = insertion(1, "a");
    batch.add("DELETE FROM item WHERE id = $1", {std::int64_t{7}}, {.rows = 1, .otherwise = Errc::not_found});

    EXPECT_EQ(run(database->write(std::move(batch))).error().code, Errc::not_found);
    EXPECT_EQ(count(*database), 0);
}

TEST(SqliteDatabase, gives_what_returning_returns) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    ASSERT_TRUE(run(database->write(insertion(1, "a"))).has_value());
    Batch batch;
    batch.add("DELETE FROM item WHERE id < $1 RETURNING name", {std::int64_t{10}}, {.rows = 1});

    const Result<std::vector<Outcome>> outcome = run(database->write(std::move(batch)));

    ASSERT_TRUE(outcome.has_value());
    EXPECT_EQ(outcome->at(0).rows.at(0).text(0), "a");
    EXPECT_EQ(outcome->at(0).changed, 1);
}

TEST(SqliteDatabase, lets_batches_that_wait_together_fail_alone) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    std::vector<Task<Result<std::vector<Outcome>>>> writes;
    for (std::int64_t i = 0; i < 200; ++i) {
        // Every second one asks for a name that the one before it takes.
        writes.push_back(database->write(insertion(i, std::to_string(i / 2))));
    }

    const std::vector<Result<std::vector<Outcome>>> answers = run_all(std::move(writes));

    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_EQ(answers[i].has_value(), i % 2 == 0) << i;
    }
    EXPECT_EQ(count(*database), 100);
}

TEST(SqliteDatabase, finishes_what_waits_before_it_closes) {
    const TemporaryFolder folder;
    boost::asio::io_context context(1);
    std::unique_ptr<SqliteDatabase> database = open_in(folder);
    for (std::int64_t i = 0; i < 50; ++i) {
        boost::asio::co_spawn(context, database->write(insertion(i, std::to_string(i))), [](auto, auto) {});
    }
    context.poll();

    database.reset();

    EXPECT_EQ(count(*open_in(folder)), 50);
}

TEST(SqliteDatabase, serves_many_threads_at_once) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    const auto work = [&database](std::int64_t thread) {
        for (std::int64_t i = 0; i < 50; ++i) {
            const std::int64_t id = thread * 1000 + i;
            ASSERT_TRUE(run(database->write(insertion(id, std::to_string(id)))).has_value());
            ASSERT_EQ(run(database->read(find_item, {id}))->size(), 1u);
        }
    };

    std::vector<std::thread> threads;
    for (std::int64_t thread = 0; thread < 4; ++thread) {
        threads.emplace_back(work, thread);
    }
    for (std::thread& thread : threads) {
        thread.join();
    }

    EXPECT_EQ(count(*database), 200);
}

TEST(SqliteDatabase, hands_the_connections_of_ended_threads_on) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    const auto open_files = [] {
        const std::filesystem::directory_iterator files("/proc/self/fd");
        return std::distance(begin(files), end(files));
    };
    std::thread([&] { count(*database); }).join();
    const auto before = open_files();

    for (int i = 0; i < 20; ++i) {
        std::thread([&] { count(*database); }).join();
    }

    EXPECT_EQ(open_files(), before);
}

TEST(SqliteDatabase, keeps_its_file_to_its_owner) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    ASSERT_TRUE(run(database->write(insertion(1, "a"))).has_value());

    for (const char* name : {"test.db", "test.db-wal", "test.db-shm"}) {
        const std::filesystem::perms mode = std::filesystem::status(folder.path() / name).permissions();
        EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write) << name;
    }
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

TEST(SqliteDatabase, answers_store_unavailable_while_another_process_writes) {
    const TemporaryFolder folder;
    SqliteOptions options = options_in(folder);
    options.busy_timeout = std::chrono::milliseconds(1);
    const std::unique_ptr<SqliteDatabase> database = std::move(*SqliteDatabase::open(options));
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(options.file.c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);

    EXPECT_EQ(run(database->write(insertion(1, "a"))).error().code, Errc::store_unavailable);

    sqlite3_close(other);
    EXPECT_TRUE(run(database->write(insertion(1, "a"))).has_value());
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

    EXPECT_EQ(run(database->back_up(target)).error().code, Errc::conflict);
    EXPECT_EQ(std::filesystem::file_size(target), 8u);
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
