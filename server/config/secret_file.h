// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <filesystem>
#include <string_view>

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

/// The content of a file that holds a secret; `what` is how sentences call it. Errc::io, or Errc::config when
/// others can read it: by its mode, but for the credentials of a systemd service (in `credentials`, which may
/// be empty, or in a folder of /run/credentials), which their folder keeps from others. Blocks.
[[nodiscard]] Result<SecretText> read_secret_file(
    const std::filesystem::path& path, std::string_view what, const std::filesystem::path& credentials
);

}  // namespace cardea::server
