// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/federated_identity.h"
#include "cardea/sql/database.h"

namespace cardea::stores {

/// Federated identities in an SQL database, beside their accounts (sql_schema.h has the tables). The database
/// outlives the store.
class SqlFederatedIdentityStore final : public account::FederatedIdentityStore {
 public:
    explicit SqlFederatedIdentityStore(sql::Database& database) noexcept : database_(database) {}

    Task<Result<>> insert(account::FederatedIdentity identity, account::LinkTerms terms) override;
    Task<Result<>> insert_account(
        account::AccountRecord account, account::FederatedIdentity identity, std::vector<OneTimeUse> consumes
    ) override;
    Task<Result<std::optional<account::FederatedIdentity>>> find(std::string issuer, std::string subject)
        override;
    Task<Result<std::vector<account::FederatedIdentity>>> list(AccountId account) override;
    Task<Result<bool>> remove(AccountId account, FederatedIdentityId identity, account::UnlinkTerms terms)
        override;
    Task<Result<>> touch(FederatedIdentityId identity, Time last_used_at) override;

 private:
    sql::Database& database_;
};

}  // namespace cardea::stores
