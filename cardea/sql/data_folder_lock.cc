// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/data_folder_lock.h"

#include <fmt/format.h>

#include <cerrno>
#include <sys/stat.h>
#include <system_error>

namespace cardea::sql {

namespace {

/// Without what stands behind a last slash: "data/" has the parent "data", which would be made as any folder.
std::filesystem::path without_last_slash(std::filesystem::path folder) {
    while ((!folder.has_filename() || folder.filename() == ".") && folder.has_parent_path() &&
           folder.parent_path() != folder) {
        folder = folder.parent_path();
    }
    return folder;
}

}  // namespace

Result<> make_data_folder(const std::filesystem::path& wanted) {
    const std::filesystem::path folder = without_last_slash(wanted);
    std::error_code error;
    std::filesystem::create_directories(folder.parent_path(), error);
    // Made with its final mode: there is no moment at which others can look in.
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        const std::string reason = std::generic_category().message(errno);
        return fail(
            Errc::config, fmt::format("The data folder {} cannot be made: {}.", folder.string(), reason)
        );
    }
    return {};
}

Result<DataFolderLock> DataFolderLock::acquire(const std::filesystem::path& folder) {
    struct stat status{};
    if (::stat(folder.c_str(), &status) == 0 && (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return fail(Errc::config, fmt::format("others can write to {}: chmod go-w it", folder.string()));
    }
    Result<FileLock> lock = FileLock::acquire(folder / "lock", {folder, "data folder"});
    if (!lock) {
        return propagate(lock);
    }
    return DataFolderLock(std::move(*lock));
}

}  // namespace cardea::sql
