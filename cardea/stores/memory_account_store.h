// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/store.h"
#include "cardea/apikey/store.h"
#include "cardea/session/store.h"

#include <map>
#include <mutex>
#include <string_view>

namespace cardea::stores {

/// The reference AccountStore, gone with the process. Removing an account removes its sessions and API keys
/// from the stores given here, which outlive this one. Holds the federated identities too, since they change
/// together with accounts: MemoryFederatedIdentityStore shows them.
class MemoryAccountStore final : public account::AccountStore {
 public:
    MemoryAccountStore(session::SessionStore& sessions, apikey::ApiKeyStore& api_keys)
        : session_store_(sessions), api_key_store_(api_keys) {}

    Task<Result<>> insert(account::AccountRecord record) override;
    Task<Result<std::optional<account::AccountRecord>>> find(AccountId id) override;
    Task<Result<std::optional<account::AccountRecord>>> find_by_email(std::string email_key) override;
    Task<Result<std::optional<account::AccountRecord>>> find_by_username(std::string username_key) override;
    Task<Result<>> update(account::AccountRecord record, std::int64_t expected_version) override;
    Task<Result<>> reclaim(account::AccountRecord record, std::int64_t expected_version, account::Kept kept)
        override;
    Task<Result<>> set_failed_attempts(AccountId id, std::int64_t count) override;
    Task<Result<bool>> remove(AccountId id) override;
    Task<Result<std::vector<account::AccountRecord>>> list(account::Page page) override;

 private:
    friend class MemoryFederatedIdentityStore;
    using Key = std::string account::AccountRecord::*;

    [[nodiscard]] std::optional<account::AccountRecord> find_by(Key key, std::string_view value) const;
    [[nodiscard]] bool is_name_taken(const account::AccountRecord& record) const;
    [[nodiscard]] bool is_linked(const account::FederatedIdentity& identity) const;
    // With the mutex held:
    [[nodiscard]] Result<> insert_now(account::AccountRecord record);
    [[nodiscard]] Result<> update_now(account::AccountRecord record, std::int64_t expected_version);
    [[nodiscard]] Result<> reclaim_now(
        account::AccountRecord record, std::int64_t expected_version, account::Kept kept
    );
    void unlink_all_now(AccountId account);

    session::SessionStore& session_store_;
    apikey::ApiKeyStore& api_key_store_;
    mutable std::mutex mutex_;
    std::map<AccountId, account::AccountRecord> accounts_;
    std::map<FederatedIdentityId, account::FederatedIdentity> identities_;
};

}  // namespace cardea::stores
