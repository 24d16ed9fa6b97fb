// SPDX-License-Identifier: Apache-2.0
#include "server/restore.h"

#include "cardea/stores/sqlite_stores.h"
#include "server/data_folder.h"

namespace cardea::server {

Result<sql::Restored> restore(const Config& config, const std::filesystem::path& backup) {
    const Result<sql::DataFolderLock> lock = hold_data_folder(config);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    return stores::restore_sqlite(config.data / stores::database_name, backup);
}

Result<std::vector<std::string>> check_backup(const std::filesystem::path& backup) {
    return stores::check_sqlite_backup(backup);
}

}  // namespace cardea::server
