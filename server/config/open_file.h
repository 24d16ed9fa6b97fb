// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace cardea::server {

/// An open file that closes itself.
class OpenFile {
 public:
    /// As open(2), of a file that is there.
    OpenFile(const std::filesystem::path& path, int flags);
    /// One that is open already, or -1.
    explicit OpenFile(int descriptor) noexcept : descriptor_(descriptor) {}
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

 private:
    int descriptor_;
};

}  // namespace cardea::server
