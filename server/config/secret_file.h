// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace cardea::server {

/// An open file that closes itself.
class OpenFile {
 public:
    /// As open(2); a file that is made is its owner's alone.
    OpenFile(const std::filesystem::path& path, int flags);
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

 private:
    int descriptor_;
};

/// Whether the file's mode must keep others out. The folder of systemd's credentials does so itself.
enum class Privacy : std::uint8_t { by_folder, by_mode };

/// The content of a file that holds a secret; `what` is how sentences call it. Errc::io, or Errc::config when
/// others can read it. Blocks.
[[nodiscard]] Result<SecretText> read_secret_file(
    const std::filesystem::path& path, std::string_view what, Privacy privacy = Privacy::by_mode
);

}  // namespace cardea::server
