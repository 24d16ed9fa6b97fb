// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cardea::sql {

/// One step of a schema. Steps are numbered 1, 2, 3, ... and only ever added; each is applied in a
/// transaction of its own together with its number.
///
/// The text is shared by both databases: column types and table options are written as macros, `{id}`,
/// `{hash}`, `{bytes}`, `{text}`, `{integer}`, `{time}`, `{table}`, `{small_table}`, which the driver
/// replaces by its own.
struct Migration {
    std::int64_t version = 0;
    std::string_view script;
};

/// What a database file must be: whose it is, and how it came to its present shape.
struct Schema {
    std::int32_t application_id = 0;  ///< in the file's header, so that foreign files are refused
    std::span<const Migration> migrations;
};

/// The type macros of a script, replaced by what SQLite calls them.
[[nodiscard]] std::string expand_for_sqlite(std::string_view script);

}  // namespace cardea::sql
