// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/sql/data_folder_lock.h"
#include "server/config/config.h"

namespace cardea::server {

/// Makes the data folder and holds it for this process. One that nobody named is looked at again once it is
/// there: since load_config() looked, somebody may have put theirs in its place. Errc::config with a
/// sentence, or as DataFolderLock::acquire(). Blocks.
[[nodiscard]] Result<sql::DataFolderLock> hold_data_folder(const Config& config);

}  // namespace cardea::server
