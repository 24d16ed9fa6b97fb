// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/detail/sqlite_connection.h"

#include <filesystem>

namespace cardea::sql::detail {

/// Copies the database of `options` to `target`, as SqliteDatabase::back_up promises. Blocks.
[[nodiscard]] Result<> back_up(const SqliteOptions& options, const std::filesystem::path& target);

}  // namespace cardea::sql::detail
