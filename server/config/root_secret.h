// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/crypto/keyring.h"
#include "server/config/config.h"

#include <filesystem>
#include <optional>

namespace cardea::server {

/// The keys of this installation, and where their secret stands.
struct RootSecret {
    crypto::Keyring keyring;
    std::filesystem::path file;  ///< empty: they stand in the configuration
    bool made = false;           ///< just now: the operator is to be told where it lies
};

/// Whether a root secret that is missing may be made.
enum class WhenMissing : bool { refuse, make };

/// Finds the root secret: in the configuration, in `secret_file`, as the systemd credential `cardea.secret`,
/// or in `DATA/secret`; nothing when it is nowhere. Errc::config with a sentence when it is weak or readable
/// by others; Errc::io.
[[nodiscard]] Result<std::optional<RootSecret>> find_root_secret(const Config& config);

/// The same, and makes `DATA/secret` with mode 0600 if it may. Errc::config when it is missing and may not be
/// made: an installation that has data must refuse, since with a new secret, everything that was sealed and
/// signed under the old one is lost.
[[nodiscard]] Result<RootSecret> load_root_secret(
    const Config& config, WhenMissing when_missing, Random& random
);

/// One that is kept nowhere, for what is done without that of the installation.
[[nodiscard]] Result<RootSecret> make_ephemeral_secret(Random& random);

}  // namespace cardea::server
