// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/database.h"
#include "cardea/sql/sqlite_database.h"

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cardea::sql::detail {

enum class Access : std::uint8_t { read, write };

struct StatementCloser {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

struct ConnectionCloser {
    void operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }
};

/// What an SQLite result code means to a caller.
[[nodiscard]] Errc errc_of(int extended_code) noexcept;

/// One connection and its prepared statements. For one thread at a time.
class SqliteConnection {
 public:
    [[nodiscard]] static Result<std::unique_ptr<SqliteConnection>> open(
        const SqliteOptions& options, Access access
    );

    /// Runs one statement to its end. The statement is kept prepared.
    [[nodiscard]] Result<Outcome> run(std::string_view statement, const Params& params = {});

    /// Runs the statements of a script one after another, without parameters, and forgets them.
    [[nodiscard]] Result<> run_script(const std::string& script);

    /// The first column of the only row of an answer that is one number.
    [[nodiscard]] Result<std::int64_t> number(std::string_view statement);

    /// Whether a transaction is open. Some failures (disk full, I/O) end it without being asked to.
    [[nodiscard]] bool in_transaction() const noexcept { return sqlite3_get_autocommit(handle_.get()) == 0; }

    [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }

    /// Gives back the memory of the pages that were read.
    void forget_pages() noexcept { sqlite3_db_release_memory(handle_.get()); }

    /// The failure that the last call on this connection reported.
    [[nodiscard]] std::unexpected<Error> failure(std::string_view doing) const;

 private:
    struct Prepared {
        std::unique_ptr<sqlite3_stmt, StatementCloser> statement;
        std::vector<int> positions;  ///< SQLite's index of $1, $2, ...: to it these are names, not numbers
        bool is_read_only = false;
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>()(text);
        }
    };

    explicit SqliteConnection(sqlite3* handle) noexcept : handle_(handle) {}

    Result<> configure(const SqliteOptions& options, Access access);
    Result<Prepared*> prepare(std::string_view text);
    Result<Prepared> compile(std::string_view text);
    Result<> bind(const Prepared& prepared, const Params& params);
    Result<Outcome> step_all(const Prepared& prepared);

    // The statements go before their connection.
    std::unique_ptr<sqlite3, ConnectionCloser> handle_;
    std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> prepared_;
};

}  // namespace cardea::sql::detail
