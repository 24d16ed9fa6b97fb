// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/private_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cardea::sql {
namespace {

/// To the owner of its folder, where that is somebody else and we are root.
bool hand_over(int descriptor, const std::filesystem::path& folder) {
    struct stat status{};
    if (::geteuid() != 0 || ::stat(folder.empty() ? "." : folder.c_str(), &status) != 0 ||
        status.st_uid == 0) {
        return true;
    }
    return ::fchown(descriptor, status.st_uid, status.st_gid) == 0;
}

}  // namespace

int make_private_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0 || hand_over(descriptor, file.parent_path())) {
        return descriptor;
    }
    const int reason = errno;
    ::unlink(file.c_str());
    ::close(descriptor);
    errno = reason;
    return -1;
}

}  // namespace cardea::sql
