// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/detail/sqlite_connection.h"

#include <filesystem>

namespace cardea::sql::detail {

/// Whether copy_to() reads what it has written: a page that is damaged is copied like any other.
enum class CopyCheck : bool { none, quick };

/// Copies all pages as they are now into `file`, which is there and empty, and comes out as one file without
/// companions: it leaves WAL mode, into which the next open() puts it again. `made` is the descriptor of its
/// making: SQLite opens by name, and what it opens in a folder of somebody else must be that file and no
/// other to which the name leads by now. Errc::io; Errc::store_corrupt when the source is damaged. Blocks.
[[nodiscard]] Result<> copy_to(
    SqliteConnection& source, const std::filesystem::path& file, int made, CopyCheck check
);

/// Copies the database of `options` to `target`, as SqliteDatabase::back_up promises. Blocks.
[[nodiscard]] Result<> back_up(const SqliteOptions& options, const std::filesystem::path& target);

}  // namespace cardea::sql::detail
