// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <filesystem>

namespace cardea::sql {

/// Makes the folder, with mode 0700 from the first moment, and the folders above it; one that is there stays
/// as it is. Errc::config with a sentence when it cannot be made. Blocks.
[[nodiscard]] Result<> make_data_folder(const std::filesystem::path& folder);

/// Holds a data folder for one process: two servers on one folder would not hear of each other's revocations.
/// Released when destroyed, or by the kernel when the process ends however it ends.
class DataFolderLock {
 public:
    /// Errc::config when everybody can write to the folder, and so put files there for us to use; Errc::io
    /// when another process holds it (the context names its process id) or the folder cannot be used.
    [[nodiscard]] static Result<DataFolderLock> acquire(const std::filesystem::path& folder);

    ~DataFolderLock();
    DataFolderLock(DataFolderLock&& other) noexcept;
    DataFolderLock& operator=(DataFolderLock&& other) noexcept;
    DataFolderLock(const DataFolderLock&) = delete;
    DataFolderLock& operator=(const DataFolderLock&) = delete;

 private:
    explicit DataFolderLock(int descriptor) noexcept : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace cardea::sql
