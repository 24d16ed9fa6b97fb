// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <sys/stat.h>

namespace cardea::server {

/// What is found in the working folder without having been named decides where passwords go, and in a shared
/// folder anybody may have put it there. So it must belong to root or to us, and nobody else may write to it.
/// What is wrong, as a sentence that says what to do, or empty. `flag` is what names it; `us` is our
/// effective user.
[[nodiscard]] std::string find_distrust(const struct stat& found, uid_t us, std::string_view flag);

/// The same for what lies at `path`, and for what it leads to when it is a link. What is not there is not
/// trusted: the caller has just found it, so somebody plays with it.
[[nodiscard]] std::string find_distrust(const std::filesystem::path& path, std::string_view flag);

}  // namespace cardea::server
