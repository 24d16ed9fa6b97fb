// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <filesystem>
#include <string_view>

namespace cardea::server {

/// The content of a file that holds a secret; `what` is how sentences call it. Errc::io, or Errc::config when
/// others can read it: by its mode, but for the credentials of a systemd service (in `credentials`, which may
/// be empty, or in a folder of /run/credentials), which their folder keeps from others. Blocks.
[[nodiscard]] Result<SecretText> read_secret_file(
    const std::filesystem::path& path, std::string_view what, const std::filesystem::path& credentials
);

}  // namespace cardea::server
