// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/store.h"
#include "cardea/sql/database.h"

namespace cardea::stores {

/// API keys in an SQL database (sql_schema.h has the table). The database outlives the store.
class SqlApiKeyStore final : public apikey::ApiKeyStore {
 public:
    explicit SqlApiKeyStore(sql::Database& database) noexcept : database_(database) {}

    Task<Result<>> insert(apikey::ApiKeyRecord record, apikey::Terms terms) override;
    Task<Result<std::optional<apikey::ApiKeyRecord>>> find(apikey::ApiKeyHash key_hash) override;
    Task<Result<std::vector<apikey::ApiKeyRecord>>> list(AccountId account) override;
    Task<Result<>> replace(apikey::Replacement replacement, apikey::Terms terms) override;
    Task<Result<bool>> remove(AccountId account, ApiKeyId key, std::optional<SessionId> session) override;
    Task<Result<std::size_t>> remove_all(AccountId account) override;
    Task<Result<>> touch(std::vector<apikey::Touch> touches) override;
    Task<Result<std::size_t>> purge_expired(Time until, std::size_t limit) override;

 private:
    sql::Database& database_;
};

}  // namespace cardea::stores
