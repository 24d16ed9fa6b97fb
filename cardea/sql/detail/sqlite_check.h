// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/detail/sqlite_connection.h"

#include <string>
#include <vector>

namespace cardea::sql::detail {

/// What is wrong with the file of the connection, a sentence each; empty when it is whole.
[[nodiscard]] Result<std::vector<std::string>> find_problems(SqliteConnection& connection, CheckDepth depth);

}  // namespace cardea::sql::detail
