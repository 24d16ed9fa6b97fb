// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/stores/memory_account_store.h"

namespace cardea::stores {

/// The reference FederatedIdentityStore, gone with the process: the identities that `accounts` holds, which
/// outlives this.
class MemoryFederatedIdentityStore final : public account::FederatedIdentityStore {
 public:
    explicit MemoryFederatedIdentityStore(MemoryAccountStore& accounts) noexcept : accounts_(accounts) {}

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
    [[nodiscard]] std::vector<account::FederatedIdentity> identities_of(AccountId account) const;

    MemoryAccountStore& accounts_;
};

}  // namespace cardea::stores
