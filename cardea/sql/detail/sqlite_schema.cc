// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/detail/sqlite_schema.h"

#include <fmt/format.h>

#include <string>
#include <tuple>
#include <utility>

namespace cardea::sql::detail {

namespace {

constexpr std::string_view create_driver_state =
    "CREATE TABLE driver_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "INSERT INTO driver_state (name, value) VALUES ('closed_cleanly', 1);";
constexpr std::string_view count_tables = "SELECT count(*) FROM sqlite_schema";
constexpr std::string_view was_closed = "SELECT value FROM driver_state WHERE name = 'closed_cleanly'";
constexpr std::string_view set_closed = "UPDATE driver_state SET value = $1 WHERE name = 'closed_cleanly'";
constexpr std::string_view use_wal = "PRAGMA journal_mode = WAL";

std::int64_t newest_version(const Schema& schema) {
    return schema.migrations.empty() ? 0 : schema.migrations.back().version;
}

/// Whether the file is new (true) or ours (false); everything else is refused.
Result<bool> recognise(SqliteConnection& connection, const SqliteOptions& options) {
    Result<std::int64_t> id = connection.number("PRAGMA application_id");
    if (!id) {
        return propagate(id);
    }
    if (*id == options.schema.application_id) {
        return false;
    }
    Result<std::int64_t> tables = connection.number(count_tables);
    if (!tables) {
        return propagate(tables);
    }
    if (*id == 0 && *tables == 0) {
        return true;
    }
    return fail(
        Errc::config,
        fmt::format("{} is a database of another program: choose another data folder", options.file.string())
    );
}

Result<std::int64_t> known_version(SqliteConnection& connection, const SqliteOptions& options) {
    Result<std::int64_t> version = connection.number("PRAGMA user_version");
    if (!version || *version <= newest_version(options.schema)) {
        return version;
    }
    return fail(
        Errc::config,
        fmt::format(
            "{} was written by a newer version of this program (schema {}, known here up to {}): "
            "run that version, or restore a backup made by this one",
            options.file.string(),
            *version,
            newest_version(options.schema)
        )
    );
}

/// Runs a script and writes its mark into the file's header, together or not at all.
Result<> apply(
    SqliteConnection& connection, const std::string& script, std::string_view mark, std::int64_t value
) {
    Result<> applied =
        connection.run_script(fmt::format("BEGIN IMMEDIATE; {}; PRAGMA {} = {}; COMMIT", script, mark, value)
        );
    if (!applied && connection.in_transaction()) {
        std::ignore = connection.run_script("ROLLBACK");  // the first failure is the one to tell
    }
    return applied;
}

Result<> enter_wal_mode(SqliteConnection& connection, const SqliteOptions& options) {
    Result<Outcome> mode = connection.run(use_wal);
    if (!mode) {
        return propagate(mode);
    }
    if (mode->rows.size() != 1 || mode->rows.front().text(0) != "wal") {
        return fail(
            Errc::config,
            fmt::format(
                "{} lies on a file system without shared memory: choose a local disk", options.file.string()
            )
        );
    }
    return {};
}

Result<std::size_t> migrate(SqliteConnection& connection, const Schema& schema, std::int64_t version) {
    std::size_t applied = 0;
    for (const Migration& migration : schema.migrations) {
        if (migration.version <= version) {
            continue;
        }
        const std::string script = expand_for_sqlite(migration.script);
        Result<> done = apply(connection, script, "user_version", migration.version);
        if (!done) {
            return fail(
                done.error().code, fmt::format("migration {}: {}", migration.version, done.error().context)
            );
        }
        ++applied;
    }
    return applied;
}

Result<> set_mark(SqliteConnection& connection, std::int64_t closed) {
    Result<Outcome> outcome = connection.run(set_closed, {closed});
    if (!outcome) {
        return propagate(outcome);
    }
    return {};
}

}  // namespace

Result<Prepared> prepare_file(SqliteConnection& connection, const SqliteOptions& options) {
    Result<bool> is_new = recognise(connection, options);
    if (!is_new) {
        return propagate(is_new);
    }
    Result<std::int64_t> version = known_version(connection, options);
    if (!version) {
        return propagate(version);
    }
    Result<> ready = enter_wal_mode(connection, options);
    if (ready && *is_new) {
        const std::string script(create_driver_state);
        ready = apply(connection, script, "application_id", options.schema.application_id);
    }
    if (!ready) {
        return propagate(ready);
    }
    Result<std::size_t> applied = migrate(connection, options.schema, *version);
    if (!applied) {
        return propagate(applied);
    }
    Result<std::int64_t> closed = connection.number(was_closed);
    if (!closed) {
        return propagate(closed);
    }
    Result<> marked = set_mark(connection, 0);
    if (!marked) {
        return propagate(marked);
    }
    return Prepared(newest_version(options.schema), *applied, *closed != 0);
}

Result<> check_origin(SqliteConnection& connection, const SqliteOptions& options) {
    Result<std::int64_t> id = connection.number("PRAGMA application_id");
    if (!id) {
        return propagate(id);
    }
    if (*id != options.schema.application_id) {
        return fail(Errc::config, fmt::format("{} is no backup of this program", options.file.string()));
    }
    Result<std::int64_t> version = known_version(connection, options);
    return version ? Result<>() : propagate(version);
}

Result<> mark_closed(SqliteConnection& connection) {
    return set_mark(connection, 1);
}

}  // namespace cardea::sql::detail
