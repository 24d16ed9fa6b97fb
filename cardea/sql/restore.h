// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/sqlite_database.h"

#include <string>
#include <vector>

namespace cardea::sql {

/// What restore() left behind.
struct Restored {
    std::int64_t schema_version = 0;  ///< of the backup; the next open() applies what it lacks
    std::filesystem::path kept;       ///< where the database that was there stands now; empty without one
};

/// Puts a copy of the backup `source` in the place of `options.file` (mode 0600, owned as what was there).
/// The copy is checked from end to end first, so a failure leaves everything as it was; then one rename does
/// it, so that a crash at any moment leaves the one database or the other. The database that was there stays
/// beside it under the name `kept`, and nothing of its log is left to be taken for the new one's.
///
/// For a file that nobody has open: the caller holds the data folder (DataFolderLock). Errc::io with a
/// sentence when the backup is not ours, newer than this program or damaged, or the disk does not take it.
/// Blocks.
[[nodiscard]] Result<Restored> restore(const SqliteOptions& options, const std::filesystem::path& source);

/// What is wrong with the backup `options.file`, a sentence each; empty when restore() would take it. Changes
/// nothing. Errc::io when it is no file; Errc::invalid with a sentence when it is not ours, or newer than
/// this program; Errc::store_corrupt when it cannot even be read. Blocks.
[[nodiscard]] Result<std::vector<std::string>> check_backup(const SqliteOptions& options);

}  // namespace cardea::sql
