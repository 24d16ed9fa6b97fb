// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/file_lock.h"

#include "cardea/sql/private_file.h"

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

std::unexpected<Error> unusable(const FileLock::Held& held) {
    return fail(
        Errc::io,
        fmt::format(
            "{} cannot be used ({}): run this as its owner, or choose another {}",
            held.path.string(),
            std::generic_category().message(errno),
            held.kind
        )
    );
}

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

Result<FileLock> FileLock::acquire(const std::filesystem::path& file, const Held& held) {
    int descriptor = make_private_file(file);
    if (descriptor < 0 && errno == EEXIST) {
        descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    }
    if (descriptor < 0) {
        return unusable(held);
    }
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        write_holder(descriptor);
        return lock;
    }
    if (errno == EWOULDBLOCK) {
        return fail(
            Errc::io,
            fmt::format(
                "{} is in use by process {}: stop it, or choose another {}",
                held.path.string(),
                holder_of(descriptor),
                held.kind
            )
        );
    }
    return unusable(held);
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

}  // namespace cardea::sql
