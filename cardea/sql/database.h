// SPDX-License-Identifier: Apache-2.0
/// sql: asynchronous SQL. One interface, one SQL text; the drivers differ (SQLite here, PostgreSQL later).
/// Owns connections, grouping of writes, migrations and backup. Knows no table of ours.
///
/// The SQL is what both databases share: `$1` parameters, ON CONFLICT, RETURNING; no FOR UPDATE, now(),
/// lower() or DELETE ... LIMIT. All values go in as parameters.
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cardea::sql {

/// NULL, INTEGER (times are milliseconds since 1970, booleans 0 and 1), TEXT or BLOB.
using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
/// The values of a statement: the first is `$1`.
using Params = std::vector<Value>;

/// One row of an answer. Reading a column as the wrong type is a bug and aborts.
class Row {
 public:
    explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
    [[nodiscard]] std::int64_t integer(std::size_t column) const;
    [[nodiscard]] const std::string& text(std::size_t column) const;
    [[nodiscard]] const Bytes& blob(std::size_t column) const;
    [[nodiscard]] bool is_null(std::size_t column) const;
    /// For a reader that does not know beforehand what the column holds.
    [[nodiscard]] const Value& value(std::size_t column) const;
    [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }

 private:
    std::vector<Value> values_;
};

/// What a query answers.
using Rows = std::vector<Row>;

/// What a statement of a batch must find, or the whole batch is undone and fails with that code.
struct Expectation {
    std::int64_t rows = -1;  ///< changed or returned; -1 asks for nothing
    Errc otherwise = Errc::conflict;
};

/// How long a batch may wait for its commit.
enum class Urgency : std::uint8_t {
    now,   ///< somebody waits for the answer
    soon,  ///< nobody does: it goes with the next urgent one, or after a moment
};

/// Statements that are applied together or not at all.
class Batch {
 public:
    explicit Batch(Urgency urgency = Urgency::now) noexcept : urgency_(urgency) {}

    /// `statement` must outlive the batch: it is a constant at the top of a store's source.
    Batch& add(std::string_view statement, Params params, Expectation expectation = {});

    /// One statement, its values, and what it must find.
    struct Item {
        std::string_view statement;
        Params params;
        Expectation expectation;
    };
    [[nodiscard]] const std::vector<Item>& items() const noexcept { return items_; }
    [[nodiscard]] Urgency urgency() const noexcept { return urgency_; }

 private:
    std::vector<Item> items_;
    Urgency urgency_;
};

/// What one statement of a batch did.
struct Outcome {
    std::int64_t changed = 0;  ///< rows inserted, updated or deleted
    Rows rows;                 ///< what RETURNING gave
};

/// A database. Thread-safe; every task resumes on its caller's executor.
/// Errors: Errc::store_unavailable (busy, disk full, connection lost), Errc::conflict (a unique constraint),
/// Errc::store_corrupt.
class Database {
 public:
    virtual ~Database() = default;

    /// A look-up by key: a handful of rows at most. May be answered on the calling thread in microseconds.
    virtual Task<Result<Rows>> read(std::string_view statement, Params params) = 0;

    /// A read that may touch many rows; never runs on an I/O thread.
    virtual Task<Result<Rows>> scan(std::string_view statement, Params params) = 0;

    /// Applies a batch and answers after it is durable. Batches that wait at the same time share one commit,
    /// and each of them still succeeds or fails alone.
    virtual Task<Result<std::vector<Outcome>>> write(Batch batch) = 0;
};

}  // namespace cardea::sql
