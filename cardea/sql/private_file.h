// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace cardea::sql {

/// Makes a file that is its owner's alone (mode 0600) and opens it for reading and writing. Where root makes
/// it in a folder of another user, it is that user's: a command that root ran leaves nothing behind that
/// keeps the service out. The descriptor, which the caller closes; -1 with errno, which is EEXIST when
/// anything is there, be it a link.
[[nodiscard]] int make_private_file(const std::filesystem::path& file);

}  // namespace cardea::sql
