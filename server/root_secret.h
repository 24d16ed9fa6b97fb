// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/crypto/keyring.h"
#include "server/config/config.h"

#include <filesystem>
#include <optional>

namespace cardea::server {

/// The keyring, and where its secrets came from.
struct RootSecret {
    crypto::Keyring keyring;
    std::filesystem::path file;  ///< empty when they came from the environment
    bool made = false;           ///< the file was made just now
};

/// Reads the root secrets from the first place that has them: the setting `secret` (CARDEA_SECRET), the
/// systemd credential `cardea.secret`, the file `secret_file`, the file `secret` in the data folder. When
/// there is none at all, makes that last file (mode 0600, on disk before this returns). Errc::config with a
/// sentence that says what to do: a secret that is weak, or a file that others can read. Blocks.
[[nodiscard]] Result<RootSecret> load_root_secret(const Config& config, Random& random);

}  // namespace cardea::server
