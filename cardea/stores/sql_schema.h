// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/migrations.h"

namespace cardea::stores {

/// The tables of the SQL stores, and the mark by which a database file is known as ours.
[[nodiscard]] sql::Schema sql_schema() noexcept;

}  // namespace cardea::stores
