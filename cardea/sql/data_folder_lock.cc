// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/data_folder_lock.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace cardea::sql {

namespace {

std::string holder_of(int descriptor) {
    std::array<char, 32> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "unknown";
}

void write_holder(int descriptor) {
    const std::string text = std::to_string(::getpid());
    // Only for the other process's error message: a failure changes nothing.
    if (::ftruncate(descriptor, 0) == 0) {
        [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, text.data(), text.size(), 0);
    }
}

}  // namespace

Result<> make_data_folder(const std::filesystem::path& folder) {
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
    if (::stat(folder.c_str(), &status) == 0 && (status.st_mode & S_IWOTH) != 0) {
        return fail(Errc::config, fmt::format("everybody can write to {}: chmod o-w it", folder.string()));
    }
    const std::filesystem::path file = folder / "lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        return fail(Errc::io, fmt::format("{}: {}", file.string(), std::generic_category().message(errno)));
    }
    DataFolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        write_holder(descriptor);
        return lock;
    }
    if (errno == EWOULDBLOCK) {
        return fail(
            Errc::io,
            fmt::format(
                "{} is in use by process {}: stop it, or choose another data folder",
                folder.string(),
                holder_of(descriptor)
            )
        );
    }
    return fail(Errc::io, fmt::format("{}: {}", file.string(), std::generic_category().message(errno)));
}

DataFolderLock::~DataFolderLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

DataFolderLock::DataFolderLock(DataFolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DataFolderLock& DataFolderLock::operator=(DataFolderLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

}  // namespace cardea::sql
