// SPDX-License-Identifier: Apache-2.0
// What the tests of the SQLite driver share: a table, and a database with it in a folder.
#pragma once

#include "cardea/base/assert.h"
#include "cardea/sql/sqlite_database.h"
#include "tests/support/run_task.h"
#include "tests/support/temporary_folder.h"

#include <array>
#include <memory>
#include <string>
#include <utility>

namespace cardea::sql {

inline constexpr std::array<Migration, 1> first_schema{{
    {1, "CREATE TABLE item (id {integer} PRIMARY KEY, name {text} NOT NULL UNIQUE, data {bytes}) {table}"},
}};
inline constexpr std::string_view insert_item = "INSERT INTO item (id, name, data) VALUES ($1, $2, $3)";

inline SqliteOptions options_in(
    const testing::TemporaryFolder& folder, std::span<const Migration> migrations = first_schema
) {
    SqliteOptions options;
    options.file = folder.path() / "test.db";
    options.schema = {0x43415244, migrations};
    return options;
}

inline std::unique_ptr<SqliteDatabase> open_with(SqliteOptions options) {
    Result<std::unique_ptr<SqliteDatabase>> database = SqliteDatabase::open(std::move(options));
    CARDEA_ASSERT(database.has_value());
    return std::move(*database);
}

inline std::unique_ptr<SqliteDatabase> open_in(const testing::TemporaryFolder& folder) {
    return open_with(options_in(folder));
}

inline Batch insertion(std::int64_t id, std::string name) {
    Batch batch;
    batch.add(insert_item, {id, std::move(name), std::monostate()});
    return batch;
}

inline std::int64_t count(SqliteDatabase& database) {
    return testing::run(database.read("SELECT count(*) FROM item", {}))->at(0).integer(0);
}

}  // namespace cardea::sql
