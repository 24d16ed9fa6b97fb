// SPDX-License-Identifier: Apache-2.0
#include "server/config/trust.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>
#include <unistd.h>

namespace cardea::server {
namespace {

std::string not_seen(std::string_view flag) {
    const std::string reason = std::generic_category().message(errno);
    return fmt::format("it cannot be looked at ({}): name another with {}", reason, flag);
}

}  // namespace

std::string find_distrust(const struct stat& found, uid_t us, std::string_view flag) {
    if (found.st_uid != 0 && found.st_uid != us) {
        return fmt::format(
            "it belongs to another user (uid {}): name it with {} if you trust it", found.st_uid, flag
        );
    }
    // The mode of a link says nothing.
    if (!S_ISLNK(found.st_mode) && (found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return "others can write to it: chmod go-w it";
    }
    return {};
}

std::string find_distrust(const std::filesystem::path& path, std::string_view flag) {
    struct stat found{};
    if (::lstat(path.c_str(), &found) != 0) {
        return not_seen(flag);
    }
    std::string distrust = find_distrust(found, ::geteuid(), flag);
    if (!distrust.empty() || !S_ISLNK(found.st_mode)) {
        return distrust;
    }
    return ::stat(path.c_str(), &found) == 0 ? find_distrust(found, ::geteuid(), flag) : not_seen(flag);
}

}  // namespace cardea::server
