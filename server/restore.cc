// SPDX-License-Identifier: Apache-2.0
#include "server/restore.h"

#include "cardea/sql/data_folder_lock.h"
#include "cardea/stores/sqlite_stores.h"

namespace cardea::server {

Result<sql::Restored> restore(const Config& config, const std::filesystem::path& backup) {
    if (Result<> made = sql::make_data_folder(config.data); !made) {
        return propagate(made);
    }
    const Result<sql::DataFolderLock> lock = sql::DataFolderLock::acquire(config.data);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    return stores::restore_sqlite(config.data / "cardea.db", backup);
}

}  // namespace cardea::server
