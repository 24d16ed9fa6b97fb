// SPDX-License-Identifier: Apache-2.0
// Durable writes: 64 concurrent writers of one row each, against plain SQLite with 64-row transactions. Both
// write the same rows with synchronous=FULL, in interleaved rounds.
//
//     sqlite_group_commit [FOLDER] [SECONDS PER ROUND] [ROUNDS]
#include "cardea/base/random.h"
#include "cardea/sql/sqlite_database.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace {

using cardea::Bytes;
using cardea::Result;
using cardea::SystemRandom;
using cardea::Task;
namespace sql = cardea::sql;
using Clock = std::chrono::steady_clock;

constexpr int writers = 64;
constexpr std::string_view insert_row = "INSERT INTO item (hash, account, expires_at) VALUES ($1, $2, $3)";
constexpr std::array<sql::Migration, 1> migrations{{
    {1,
     "CREATE TABLE item (hash {hash} NOT NULL PRIMARY KEY, account {id} NOT NULL, expires_at {time} NOT NULL)"
     " {table}; CREATE INDEX item_account ON item (account)"},
}};

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "sqlite_group_commit: %s\n", what);
    std::exit(1);
}

template <std::size_t N>
Bytes random_bytes() {
    SystemRandom random;
    const std::array<std::uint8_t, N> bytes = random.bytes<N>();
    return Bytes(bytes.begin(), bytes.end());
}

struct Rate {
    std::size_t rows = 0;
    double seconds = 0;
    [[nodiscard]] double per_second() const { return static_cast<double>(rows) / seconds; }
};

template <class Work>
Rate timed(const Work& work) {
    const auto start = Clock::now();
    const std::size_t rows = work();
    return {rows, std::chrono::duration<double>(Clock::now() - start).count()};
}

void execute(sqlite3* database, const char* statement) {
    if (sqlite3_exec(database, statement, nullptr, nullptr, nullptr) != SQLITE_OK) {
        give_up(sqlite3_errmsg(database));
    }
}

void insert_plainly(sqlite3_stmt* statement) {
    const Bytes hash = random_bytes<32>();
    const Bytes account = random_bytes<16>();
    sqlite3_bind_blob(statement, 1, hash.data(), static_cast<int>(hash.size()), SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, account.data(), static_cast<int>(account.size()), SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, 1);
    if (sqlite3_step(statement) != SQLITE_DONE) {
        give_up("insert");
    }
    sqlite3_reset(statement);
}

std::size_t write_plainly(const std::filesystem::path& file, Clock::time_point end) {
    sqlite3* database = nullptr;
    if (sqlite3_open(file.c_str(), &database) != SQLITE_OK) {
        give_up("open");
    }
    execute(database, "PRAGMA synchronous = FULL");
    sqlite3_stmt* statement = nullptr;
    const auto size = static_cast<int>(insert_row.size());
    sqlite3_prepare_v2(database, insert_row.data(), size, &statement, nullptr);
    std::size_t rows = 0;
    for (; Clock::now() < end; rows += writers) {
        execute(database, "BEGIN IMMEDIATE");
        for (int i = 0; i < writers; ++i) {
            insert_plainly(statement);
        }
        execute(database, "COMMIT");
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return rows;
}

Task<> write_one_by_one(sql::Database& database, Clock::time_point end, std::size_t& rows) {
    while (Clock::now() < end) {
        sql::Batch batch;
        batch.add(insert_row, {random_bytes<32>(), random_bytes<16>(), std::int64_t{1}});
        const auto written = co_await database.write(std::move(batch));
        if (!written) {
            give_up(written.error().context.c_str());
        }
        ++rows;
    }
}

std::size_t write_grouped(sql::Database& database, Clock::time_point end) {
    boost::asio::io_context context(1);
    std::size_t rows = 0;
    for (int i = 0; i < writers; ++i) {
        boost::asio::co_spawn(context, write_one_by_one(database, end, rows), [](std::exception_ptr) {});
    }
    context.run();
    return rows;
}

sql::SqliteOptions options_for(const std::filesystem::path& file) {
    sql::SqliteOptions options;
    options.file = file;
    options.schema = {0x62656e63, migrations};
    return options;
}

std::unique_ptr<sql::SqliteDatabase> open_or_give_up(const std::filesystem::path& file) {
    auto database = sql::SqliteDatabase::open(options_for(file));
    if (!database) {
        give_up(database.error().context.c_str());
    }
    return std::move(*database);
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path parent = argc > 1 ? argv[1] : "/tmp";
    const auto length =
        std::chrono::milliseconds(argc > 2 ? static_cast<int>(1000 * std::atof(argv[2])) : 2000);
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 5;
    std::string name = (parent / "cardea-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        give_up("cannot make a folder");
    }
    const std::filesystem::path folder(name);
    open_or_give_up(folder / "plain.db").reset();  // the same tables for both
    const std::unique_ptr<sql::SqliteDatabase> database = open_or_give_up(folder / "grouped.db");

    std::vector<double> ratios;
    std::printf("%-8s%16s%16s%10s\n", "round", "plain rows/s", "grouped rows/s", "ratio");
    for (int round = 1; round <= rounds; ++round) {
        const Rate plain = timed([&] { return write_plainly(folder / "plain.db", Clock::now() + length); });
        const Rate grouped = timed([&] { return write_grouped(*database, Clock::now() + length); });
        ratios.push_back(grouped.per_second() / plain.per_second());
        std::printf(
            "%-8d%16.0f%16.0f%10.2f\n", round, plain.per_second(), grouped.per_second(), ratios.back()
        );
    }
    std::printf("median ratio %.2f (the bar is 0.80)\n", median(ratios));
    std::filesystem::remove_all(folder);
    return 0;
}
