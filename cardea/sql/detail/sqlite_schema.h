// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/detail/sqlite_connection.h"

#include <cstddef>
#include <string_view>

namespace cardea::sql::detail {

/// What preparing a file at the start found and did.
struct Prepared {
    std::int64_t version = 0;
    std::size_t migrations_applied = 0;
    bool was_closed_cleanly = true;
};

/// Makes sure that the file is ours and of this program's schema, applies what it lacks, and marks it as in
/// use. Refuses a foreign or newer file without touching it.
[[nodiscard]] Result<Prepared> prepare_file(SqliteConnection& connection, const SqliteOptions& options);

/// Whether the file is ours and not newer than this program: what may take the place of a database of ours.
/// Errc::config with a sentence.
[[nodiscard]] Result<> check_origin(SqliteConnection& connection, const SqliteOptions& options);

/// Changes a few bytes of the file, whatever else is in it.
inline constexpr std::string_view prove_writable =
    "INSERT INTO driver_state (name, value) VALUES ('proof', 0) "
    "ON CONFLICT (name) DO UPDATE SET value = value + 1";

/// Marks the file as closed by its user; the last write of a connection.
[[nodiscard]] Result<> mark_closed(SqliteConnection& connection);

}  // namespace cardea::sql::detail
