// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/restore.h"
#include "server/config/config.h"

#include <string>
#include <vector>

namespace cardea::server {

/// `cardea restore`: puts a backup in the place of the database of the data folder, which is made if it is
/// not there. Errc::io with a sentence when a server runs on the folder, or for what sql::restore refuses.
/// Blocks.
[[nodiscard]] Result<sql::Restored> restore(const Config& config, const std::filesystem::path& backup);

/// `cardea check FILE`: see sql::check_backup. Blocks.
[[nodiscard]] Result<std::vector<std::string>> check_backup(const std::filesystem::path& backup);

}  // namespace cardea::server
