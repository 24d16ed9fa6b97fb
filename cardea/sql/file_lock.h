// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <filesystem>
#include <string_view>

namespace cardea::sql {

/// Holds something for one owner, by flock() on a file beside it, which stays there. Released when destroyed,
/// or by the kernel when the process ends however it ends.
class FileLock {
 public:
    /// What is held, for the sentence that refuses the second owner: the path, and what it is.
    struct Held {
        const std::filesystem::path& path;
        std::string_view kind;  ///< "data folder"
    };

    /// `file` is made (mode 0600) when it is not there; a link is not followed. Errc::io when somebody holds
    /// it (the context is a sentence with the process id) or it cannot be opened.
    [[nodiscard]] static Result<FileLock> acquire(const std::filesystem::path& file, const Held& held);

    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

 private:
    explicit FileLock(int descriptor) noexcept : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace cardea::sql
