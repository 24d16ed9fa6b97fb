// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/sqlite_stores.h"

#include "cardea/stores/sql_schema.h"

#include <utility>

namespace cardea::stores {

Result<SqliteStores> open_sqlite(const std::filesystem::path& file) {
    sql::SqliteOptions options;
    options.file = file;
    return open_sqlite(std::move(options));
}

Result<SqliteStores> open_sqlite(sql::SqliteOptions options) {
    options.schema = sql_schema();
    Result<std::unique_ptr<sql::SqliteDatabase>> database = sql::SqliteDatabase::open(std::move(options));
    if (!database) {
        return propagate(database);
    }
    SqliteStores stores;
    stores.database = std::move(*database);
    stores.sessions = std::make_unique<SqlSessionStore>(*stores.database);
    stores.accounts = std::make_unique<SqlAccountStore>(*stores.database);
    stores.identities = std::make_unique<SqlFederatedIdentityStore>(*stores.database);
    stores.api_keys = std::make_unique<SqlApiKeyStore>(*stores.database);
    stores.one_time = std::make_unique<SqlOneTimeStore>(*stores.database);
    stores.audit = std::make_unique<SqlAuditStore>(*stores.database);
    return stores;
}

Result<sql::Restored> restore_sqlite(const std::filesystem::path& file, const std::filesystem::path& backup) {
    sql::SqliteOptions options;
    options.file = file;
    options.schema = sql_schema();
    return sql::restore(options, backup);
}

Result<std::vector<std::string>> check_sqlite_backup(const std::filesystem::path& backup) {
    sql::SqliteOptions options;
    options.file = backup;
    options.schema = sql_schema();
    return sql::check_backup(options);
}

}  // namespace cardea::stores
