// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/detail/sqlite_check.h"

namespace cardea::sql::detail {
namespace {

constexpr std::string_view quick_check = "PRAGMA quick_check(100)";
constexpr std::string_view integrity_check = "PRAGMA integrity_check(100)";
constexpr std::string_view foreign_key_check =
    "SELECT 'row ' || coalesce(rowid, '?') || ' of ' || \"table\" || ' refers to a missing row of ' || parent"
    " FROM pragma_foreign_key_check";

/// Adds what a check reports, a text per row; "ok" is the report of a whole file.
Result<> collect(
    SqliteConnection& connection, std::string_view statement, std::vector<std::string>& problems
) {
    Result<Outcome> outcome = connection.run(statement);
    if (!outcome) {
        return propagate(outcome);
    }
    for (const Row& row : outcome->rows) {
        if (row.text(0) != "ok") {
            problems.push_back(row.text(0));
        }
    }
    return {};
}

}  // namespace

Result<std::vector<std::string>> find_problems(SqliteConnection& connection, CheckDepth depth) {
    std::vector<std::string> problems;
    Result<> done = collect(connection, depth == CheckDepth::quick ? quick_check : integrity_check, problems);
    if (done && depth == CheckDepth::full) {
        done = collect(connection, foreign_key_check, problems);
    }
    if (!done) {
        return propagate(done);
    }
    return problems;
}

}  // namespace cardea::sql::detail
