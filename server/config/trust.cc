// SPDX-License-Identifier: Apache-2.0
#include "server/config/trust.h"

#include <fmt/format.h>

#include <unistd.h>

namespace cardea::server {

std::string find_distrust(const struct stat& found, uid_t us, std::string_view flag) {
    if (found.st_uid != 0 && found.st_uid != us) {
        return fmt::format(
            "it belongs to another user (uid {}): name it with {} if you trust it", found.st_uid, flag
        );
    }
    // The mode of a link says nothing.
    if (!S_ISLNK(found.st_mode) && (found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return fmt::format("others can write to it: chmod go-w it, or name it with {}", flag);
    }
    return {};
}

std::string find_distrust(const std::filesystem::path& path, std::string_view flag) {
    struct stat found{};
    if (::lstat(path.c_str(), &found) != 0) {
        return {};
    }
    std::string distrust = find_distrust(found, ::geteuid(), flag);
    if (distrust.empty() && S_ISLNK(found.st_mode) && ::stat(path.c_str(), &found) == 0) {
        distrust = find_distrust(found, ::geteuid(), flag);
    }
    return distrust;
}

}  // namespace cardea::server
