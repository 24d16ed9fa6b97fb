// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/detail/sqlite_connection.h"

#include "cardea/sql/private_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <unistd.h>
#include <utility>

namespace cardea::sql::detail {

namespace {

/// Leaves a statement ready for its next use, without references to the caller's parameters.
class ResetAtEnd {
 public:
    explicit ResetAtEnd(sqlite3_stmt* statement) noexcept : statement_(statement) {}
    ~ResetAtEnd() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    ResetAtEnd(const ResetAtEnd&) = delete;
    ResetAtEnd& operator=(const ResetAtEnd&) = delete;

 private:
    sqlite3_stmt* statement_;
};

// SQLITE_STATIC: the parameters outlive the steps (ResetAtEnd), so SQLite need not copy them.
struct Binder {
    sqlite3_stmt* statement;
    int position;

    int operator()(std::monostate) const { return sqlite3_bind_null(statement, position); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, position, value); }
    int operator()(const std::string& value) const {
        return sqlite3_bind_text64(
            statement, position, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8
        );
    }
    int operator()(const Bytes& value) const {
        // A null pointer would bind NULL, and an empty vector has one.
        const void* data = value.empty() ? static_cast<const void*>("") : value.data();
        return sqlite3_bind_blob64(statement, position, data, value.size(), SQLITE_STATIC);
    }
};

Value column_value(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_NULL:
            return std::monostate();
        case SQLITE_INTEGER:
            return std::int64_t{sqlite3_column_int64(statement, column)};
        case SQLITE_BLOB: {
            const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
            return Bytes(data, data + sqlite3_column_bytes(statement, column));
        }
        default: {  // TEXT, and REAL, which no table of ours has, as its text
            const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
            return std::string(data == nullptr ? "" : data, size);
        }
    }
}

Row current_row(sqlite3_stmt* statement) {
    const int columns = sqlite3_column_count(statement);
    std::vector<Value> values;
    values.reserve(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) {
        values.push_back(column_value(statement, column));
    }
    return Row(std::move(values));
}

// The file holds password hashes: nobody else may read it. SQLite gives its companions the same mode and
// owner.
void create_private(const std::filesystem::path& file) {
    const int descriptor = make_private_file(file);
    if (descriptor >= 0) {
        ::close(descriptor);
    }
}

}  // namespace

Errc errc_of(int extended_code) noexcept {
    switch (extended_code & 0xff) {
        case SQLITE_CONSTRAINT:
            // Any other broken constraint is a statement of ours that should not have been written.
            return extended_code == SQLITE_CONSTRAINT_UNIQUE ||
                           extended_code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                           extended_code == SQLITE_CONSTRAINT_ROWID ||
                           extended_code == SQLITE_CONSTRAINT_FOREIGNKEY
                       ? Errc::conflict
                       : Errc::internal;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Errc::store_corrupt;
        case SQLITE_TOOBIG:
            return Errc::too_large;
        case SQLITE_ERROR:
        case SQLITE_MISUSE:
        case SQLITE_RANGE:
        case SQLITE_MISMATCH:
            return Errc::internal;
        default:  // busy, locked, disk full, I/O, out of memory, read-only, cannot open
            return Errc::store_unavailable;
    }
}

std::unexpected<Error> SqliteConnection::failure(std::string_view doing) const {
    const int code = handle_ ? sqlite3_extended_errcode(handle_.get()) : SQLITE_NOMEM;
    const char* message = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
    return fail(errc_of(code), fmt::format("sqlite: {}: {} ({})", doing, message, code));
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(
    const SqliteOptions& options, Access access
) {
    if (access == Access::write) {
        create_private(options.file);
    }
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(
        options.file.c_str(),
        &handle,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        options.vfs.empty() ? nullptr : options.vfs.c_str()
    );
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle));
    if (code != SQLITE_OK) {
        return connection->failure(options.file.string());
    }
    Result<> configured = connection->configure(options, access);
    if (!configured) {
        return propagate(configured);
    }
    return connection;
}

Result<> SqliteConnection::configure(const SqliteOptions& options, Access access) {
    sqlite3_busy_timeout(handle_.get(), static_cast<int>(options.busy_timeout.count()));
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return run_script(fmt::format(
        "PRAGMA synchronous = {};"
        "PRAGMA foreign_keys = ON;"
        "PRAGMA trusted_schema = OFF;"
        "PRAGMA cell_size_check = ON;"
        "PRAGMA secure_delete = FAST;"
        "PRAGMA query_only = {};",
        options.synchronous == Synchronous::full ? "FULL" : "OFF",
        access == Access::read ? "ON" : "OFF"
    ));
}

Result<> SqliteConnection::run_script(const std::string& script) {
    if (sqlite3_exec(handle_.get(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return failure("script");
    }
    return {};
}

Result<std::int64_t> SqliteConnection::number(std::string_view statement) {
    Result<Outcome> outcome = run(statement);
    if (!outcome) {
        return propagate(outcome);
    }
    if (outcome->rows.size() != 1) {
        return fail(Errc::internal, fmt::format("{}: {} rows", statement, outcome->rows.size()));
    }
    return outcome->rows.front().integer(0);
}

Result<Outcome> SqliteConnection::run(std::string_view statement, const Params& params) {
    Result<Prepared*> prepared = prepare(statement);
    if (!prepared) {
        return propagate(prepared);
    }
    const ResetAtEnd reset((*prepared)->statement.get());
    Result<> bound = bind(**prepared, params);
    if (!bound) {
        return propagate(bound);
    }
    return step_all(**prepared);
}

Result<SqliteConnection::Prepared*> SqliteConnection::prepare(std::string_view text) {
    const auto known = prepared_.find(text);
    if (known != prepared_.end()) {
        return &known->second;
    }
    Result<Prepared> compiled = compile(text);
    if (!compiled) {
        return propagate(compiled);
    }
    return &prepared_.emplace(std::string(text), std::move(*compiled)).first->second;
}

Result<SqliteConnection::Prepared> SqliteConnection::compile(std::string_view text) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(
        handle_.get(),
        text.data(),
        static_cast<int>(text.size()),
        SQLITE_PREPARE_PERSISTENT,
        &statement,
        nullptr
    );
    Prepared prepared;
    prepared.statement.reset(statement);
    if (code != SQLITE_OK) {
        return failure(text);
    }
    prepared.is_read_only = sqlite3_stmt_readonly(statement) != 0;
    for (int n = 1; n <= sqlite3_bind_parameter_count(statement); ++n) {
        const std::string name = fmt::format("${}", n);
        prepared.positions.push_back(sqlite3_bind_parameter_index(statement, name.c_str()));
    }
    return prepared;
}

Result<> SqliteConnection::bind(const Prepared& prepared, const Params& params) {
    if (params.size() != prepared.positions.size()) {
        return fail(Errc::internal, sqlite3_sql(prepared.statement.get()));
    }
    for (std::size_t i = 0; i < params.size(); ++i) {
        const Binder binder{prepared.statement.get(), prepared.positions[i]};
        if (std::visit(binder, params[i]) != SQLITE_OK) {
            return failure("parameter");
        }
    }
    return {};
}

Result<Outcome> SqliteConnection::step_all(const Prepared& prepared) {
    sqlite3_stmt* statement = prepared.statement.get();
    Outcome outcome;
    int code = sqlite3_step(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
        outcome.rows.push_back(current_row(statement));
    }
    if (code != SQLITE_DONE) {
        return failure(sqlite3_sql(statement));
    }
    if (!prepared.is_read_only) {
        outcome.changed = sqlite3_changes64(handle_.get());
    }
    return outcome;
}

}  // namespace cardea::sql::detail
