// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/store.h"
#include "cardea/sql/database.h"

namespace cardea::stores {

/// Accounts in an SQL database, beside their sessions (sql_schema.h has the tables). The database outlives
/// the store.
class SqlAccountStore final : public account::AccountStore {
 public:
    explicit SqlAccountStore(sql::Database& database) noexcept : database_(database) {}

    Task<Result<>> insert(account::AccountRecord record, std::vector<OneTimeUse> consumes) override;
    Task<Result<std::optional<account::AccountRecord>>> find(AccountId id) override;
    Task<Result<std::optional<account::AccountRecord>>> find_by_email(std::string email_key) override;
    Task<Result<std::optional<account::AccountRecord>>> find_by_username(std::string username_key) override;
    Task<Result<>> update(
        account::AccountRecord record, std::int64_t expected_version, std::optional<SessionId> session
    ) override;
    Task<Result<>> reclaim(account::AccountRecord record, std::int64_t expected_version, account::Kept kept)
        override;
    Task<Result<>> count_failed_attempt(std::optional<AccountId> id) override;
    Task<Result<>> clear_failed_attempts(AccountId id) override;
    Task<Result<bool>> remove(AccountId id) override;
    Task<Result<std::vector<account::AccountRecord>>> list(account::Page page) override;

 private:
    sql::Database& database_;
};

}  // namespace cardea::stores
