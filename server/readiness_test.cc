// SPDX-License-Identifier: Apache-2.0
#include "server/readiness.h"

#include "tests/support/item_database.h"

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>

namespace cardea::server {
namespace {

using testing::run;

/// Another process that writes, and does not come to an end.
class Writer {
 public:
    explicit Writer(const std::filesystem::path& file) {
        EXPECT_EQ(sqlite3_open(file.c_str(), &handle_), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(handle_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    }
    ~Writer() { sqlite3_close(handle_); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

 private:
    sqlite3* handle_ = nullptr;
};

class ReadinessTest : public ::testing::Test {
 protected:
    /// Opens it with as long a wait for other processes.
    void open(std::chrono::milliseconds busy_timeout) {
        sql::SqliteOptions options = sql::options_in(folder_);
        options.busy_timeout = busy_timeout;
        database_ = std::move(*sql::SqliteDatabase::open(std::move(options)));
        readiness_ = std::make_unique<Readiness>(*database_, clock_);
    }

    ReadyState ask_later() {
        clock_.advance(std::chrono::seconds(1));
        return run(readiness_->ask());
    }

    std::filesystem::path file() { return sql::options_in(folder_).file; }

    testing::TemporaryFolder folder_;
    FakeClock clock_;
    std::unique_ptr<sql::SqliteDatabase> database_;
    std::unique_ptr<Readiness> readiness_;
};

TEST_F(ReadinessTest, is_there_while_the_disk_takes_writes) {
    open(std::chrono::milliseconds(1));
    EXPECT_EQ(run(readiness_->ask()), ReadyState::ready);
    EXPECT_EQ(ask_later(), ReadyState::ready);
}

TEST_F(ReadinessTest, is_lost_while_nothing_can_be_written_and_comes_back) {
    open(std::chrono::milliseconds(1));
    {
        const Writer other(file());
        EXPECT_EQ(ask_later(), ReadyState::unwritable);
    }
    EXPECT_EQ(ask_later(), ReadyState::ready);
}

TEST_F(ReadinessTest, is_lost_with_the_file) {
    open(std::chrono::milliseconds(1));
    std::filesystem::remove(file());
    EXPECT_EQ(ask_later(), ReadyState::missing);
}

TEST_F(ReadinessTest, is_lost_for_good_once_the_database_was_damaged) {
    open(std::chrono::milliseconds(1));
    ASSERT_TRUE(run(database_->write(sql::insertion(1, "one"))).has_value());
    {
        sqlite3* handle = nullptr;
        ASSERT_EQ(sqlite3_open(file().c_str(), &handle), SQLITE_OK);
        const char* const damage =
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 99 WHERE name = 'item'";
        ASSERT_EQ(sqlite3_exec(handle, damage, nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(handle);
    }
    EXPECT_EQ(ask_later(), ReadyState::ready);  // nobody has met it
    const Result<sql::Rows> read = run(database_->read("SELECT data FROM item", {}));
    ASSERT_FALSE(read.has_value());
    ASSERT_EQ(read.error().code, Errc::store_corrupt);

    EXPECT_EQ(ask_later(), ReadyState::damaged);
    EXPECT_EQ(ask_later(), ReadyState::damaged);
}

TEST_F(ReadinessTest, is_asked_of_the_disk_once_a_second) {
    open(std::chrono::milliseconds(1));
    EXPECT_EQ(run(readiness_->ask()), ReadyState::ready);
    std::filesystem::remove(file());

    clock_.advance(std::chrono::milliseconds(999));
    EXPECT_EQ(run(readiness_->ask()), ReadyState::ready);
    clock_.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(run(readiness_->ask()), ReadyState::missing);
}

TEST_F(ReadinessTest, is_lost_while_the_disk_does_not_answer) {
    open(std::chrono::milliseconds(500));
    const Writer other(file());
    std::vector<ReadyState> states;
    const auto ask = [](Readiness& readiness, std::vector<ReadyState>& found) -> Task<> {
        const ReadyState state = co_await readiness.ask();
        found.push_back(state);
    };
    boost::asio::io_context context(1);
    boost::asio::co_spawn(context, ask(*readiness_, states), [](const std::exception_ptr&) {});
    boost::asio::co_spawn(context, ask(*readiness_, states), [](const std::exception_ptr&) {});
    boost::asio::post(context, [this] { clock_.advance(std::chrono::seconds(2)); });
    context.poll();
    boost::asio::co_spawn(context, ask(*readiness_, states), [](const std::exception_ptr&) {});
    context.run();

    EXPECT_EQ(
        states, (std::vector<ReadyState>{ReadyState::ready, ReadyState::stalled, ReadyState::unwritable})
    );
}

}  // namespace
}  // namespace cardea::server
