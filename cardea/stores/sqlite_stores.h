// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/restore.h"
#include "cardea/sql/sqlite_database.h"
#include "cardea/stores/sql_account_store.h"
#include "cardea/stores/sql_api_key_store.h"
#include "cardea/stores/sql_audit_store.h"
#include "cardea/stores/sql_federated_identity_store.h"
#include "cardea/stores/sql_one_time_store.h"
#include "cardea/stores/sql_session_store.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::stores {

/// All stores of a program that keeps everything in one SQLite file.
struct SqliteStores {
    std::unique_ptr<sql::SqliteDatabase> database;
    std::unique_ptr<session::SessionStore> sessions;
    std::unique_ptr<account::AccountStore> accounts;
    std::unique_ptr<account::FederatedIdentityStore> identities;
    std::unique_ptr<apikey::ApiKeyStore> api_keys;
    std::unique_ptr<flow::OneTimeStore> one_time;
    std::unique_ptr<audit::AuditStore> audit;
};

/// The name of the file in a data folder.
inline constexpr std::string_view database_name = "cardea.db";

/// Opens or makes the file; see sql::SqliteDatabase::open for what can go wrong. Blocks.
[[nodiscard]] Result<SqliteStores> open_sqlite(const std::filesystem::path& file);

/// The same with options of the caller, whose schema is set here.
[[nodiscard]] Result<SqliteStores> open_sqlite(sql::SqliteOptions options);

/// Puts a backup in the place of the file, which nobody has open: see sql::restore. Blocks.
[[nodiscard]] Result<sql::Restored> restore_sqlite(
    const std::filesystem::path& file, const std::filesystem::path& backup
);

/// What is wrong with a backup: see sql::check_backup. Blocks.
[[nodiscard]] Result<std::vector<std::string>> check_sqlite_backup(const std::filesystem::path& backup);

}  // namespace cardea::stores
