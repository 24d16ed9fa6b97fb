// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/sqlite_database.h"

#include "tests/support/item_database.h"
#include "tests/support/wal_commits.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <iterator>
#include <thread>
#include <vector>

namespace cardea::sql {
namespace {

using testing::run;
using testing::run_all;
using testing::TemporaryFolder;

constexpr std::string_view find_item = "SELECT name, data FROM item WHERE id = $1";
constexpr std::string_view count_items = "SELECT count(*) FROM item";

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

TEST(SqliteDatabase, a_scan_gives_the_memory_of_its_pages_back) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    Batch batch;
    for (std::int64_t id = 0; id < 1000; ++id) {
        batch.add(insert_item, {id, std::to_string(id) + std::string(1000, 'x'), std::monostate()});
    }
    ASSERT_TRUE(run(database->write(std::move(batch))));
    ASSERT_TRUE(run(database->scan(count_items, {})));
    const sqlite3_int64 before = sqlite3_memory_used();

    const Result<Rows> names = run(database->scan("SELECT name FROM item", {}));

    ASSERT_EQ(names->size(), 1000U);
    EXPECT_LT(sqlite3_memory_used() - before, 100'000);  // of a megabyte
}

TEST(SqliteDatabase, commits_what_is_not_urgent_with_the_next_urgent_batch) {
    const TemporaryFolder folder;
    SqliteOptions options = options_in(folder);
    options.longest_wait = std::chrono::hours(1);
    const std::unique_ptr<SqliteDatabase> database = open_with(std::move(options));
    const int commits_before = testing::count_wal_commits(folder.path() / "test.db");
    Batch patient(Urgency::soon);
    patient.add(insert_item, {std::int64_t{1}, std::string("patient"), std::monostate()});
    std::vector<Task<Result<std::vector<Outcome>>>> writes;
    writes.push_back(database->write(patient));
    writes.push_back(database->write(insertion(2, "urgent")));

    run_all(std::move(writes));

    EXPECT_EQ(testing::count_wal_commits(folder.path() / "test.db"), commits_before + 1);
    EXPECT_EQ(count(*database), 2);
}

TEST(SqliteDatabase, commits_what_is_not_urgent_alone_when_nothing_else_comes) {
    const TemporaryFolder folder;
    const std::unique_ptr<SqliteDatabase> database = open_in(folder);
    Batch alone(Urgency::soon);
    alone.add(insert_item, {std::int64_t{3}, std::string("alone"), std::monostate()});

    EXPECT_TRUE(run(database->write(std::move(alone))));

    EXPECT_EQ(count(*database), 1);
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

/// Writes, and holds something that goes when the coroutine does.
Task<> write_holding(SqliteDatabase& database, Batch batch, std::shared_ptr<int> held) {
    const Result<std::vector<Outcome>> written = co_await database.write(std::move(batch));
    *held = written ? 1 : 2;
}

TEST(SqliteDatabase, writes_for_those_whose_event_loop_is_gone_and_leaves_them_alone) {
    const TemporaryFolder folder;
    std::unique_ptr<SqliteDatabase> database = open_in(folder);
    const auto held = std::make_shared<int>(0);
    {
        Batch patient(Urgency::soon);
        patient.add(insert_item, {std::int64_t{1}, std::string("patient"), std::monostate()});
        boost::asio::io_context context(1);
        boost::asio::co_spawn(
            context, write_holding(*database, patient, held), [](const std::exception_ptr&) {}
        );
        context.poll();
    }

    database.reset();

    EXPECT_EQ(*held, 0);
    EXPECT_EQ(held.use_count(), 2);  // it neither went on nor was destroyed
    database = open_in(folder);
    EXPECT_EQ(count(*database), 1);
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

}  // namespace
}  // namespace cardea::sql
