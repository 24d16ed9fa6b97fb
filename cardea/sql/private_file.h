// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <filesystem>

namespace cardea::sql {

/// Makes a file that is its owner's alone (mode 0600) and opens it for reading and writing. Where root makes
/// it, it belongs to whom `owned_as` belongs to, or the folder when that is not there: a command that root
/// ran leaves nothing behind that keeps the service out. The descriptor, which the caller closes; -1 with
/// errno, which is EEXIST when anything is there, be it a link.
[[nodiscard]] int make_private_file(
    const std::filesystem::path& file, const std::filesystem::path& owned_as = {}
);

/// A descriptor that is closed at the end; -1 is none.
struct Closer {
    explicit Closer(int opened) noexcept : descriptor(opened) {}
    ~Closer();
    Closer(const Closer&) = delete;
    Closer& operator=(const Closer&) = delete;

    int descriptor;
};

/// The folder that a file is in: "." for a name alone.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& file);

/// Returns when a file, or with O_DIRECTORY the names in a folder, are on disk. Errc::io. Blocks.
[[nodiscard]] Result<> sync(const std::filesystem::path& file, int flags);

/// What the operating system just said about the file: Errc::io.
[[nodiscard]] std::unexpected<Error> io_failure(const std::filesystem::path& file);

}  // namespace cardea::sql
