// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/private_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace cardea::sql {
namespace {

/// To the owner of something that is there, where that is somebody else and we are root.
bool hand_over(
    int descriptor, const std::filesystem::path& owned_as, const std::filesystem::path& otherwise
) {
    struct stat status{};
    const bool is_known = ::stat(owned_as.c_str(), &status) == 0 || ::stat(otherwise.c_str(), &status) == 0;
    if (::geteuid() != 0 || !is_known || status.st_uid == 0) {
        return true;
    }
    return ::fchown(descriptor, status.st_uid, status.st_gid) == 0;
}

}  // namespace

Closer::~Closer() {
    if (descriptor >= 0) {
        ::close(descriptor);
    }
}

int make_private_file(const std::filesystem::path& file, const std::filesystem::path& owned_as) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0 || hand_over(descriptor, owned_as, folder_of(file))) {
        return descriptor;
    }
    const int reason = errno;
    ::unlink(file.c_str());
    ::close(descriptor);
    errno = reason;
    return -1;
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : ".";
}

Result<> sync(const std::filesystem::path& file, int flags) {
    const int descriptor = ::open(file.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) {
        return io_failure(file);
    }
    const Closer closer(descriptor);
    if (::fsync(descriptor) != 0) {
        return io_failure(file);
    }
    return {};
}

std::unexpected<Error> io_failure(const std::filesystem::path& file) {
    return fail(Errc::io, fmt::format("{}: {}", file.string(), std::generic_category().message(errno)));
}

}  // namespace cardea::sql
