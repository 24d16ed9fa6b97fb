// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/sql/file_lock.h"

#include <filesystem>
#include <utility>

namespace cardea::sql {

/// Makes the folder, with mode 0700 from the first moment, and the folders above it; one that is there stays
/// as it is. Errc::config with a sentence when it cannot be made. Blocks.
[[nodiscard]] Result<> make_data_folder(const std::filesystem::path& folder);

/// Holds a data folder for one process: two servers on one folder would not hear of each other's revocations.
/// Released when destroyed, or by the kernel when the process ends however it ends.
class DataFolderLock {
 public:
    /// Errc::config when others can write to the folder, and so put files there for us to use; Errc::io
    /// when another process holds it (the context names its process id) or the folder cannot be used.
    [[nodiscard]] static Result<DataFolderLock> acquire(const std::filesystem::path& folder);

 private:
    explicit DataFolderLock(FileLock lock) noexcept : lock_(std::move(lock)) {}

    FileLock lock_;
};

}  // namespace cardea::sql
