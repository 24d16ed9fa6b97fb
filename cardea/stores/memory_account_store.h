// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/store.h"
#include "cardea/stores/memory_api_key_store.h"
#include "cardea/stores/memory_session_store.h"

#include <map>
#include <mutex>
#include <string_view>

namespace cardea::stores {

/// The reference AccountStore, gone with the process. Removing an account removes its sessions and API keys
/// from the stores given here, and what entitles to one is consumed there; they outlive this one. Holds the
/// federated identities too, since they change together with accounts: MemoryFederatedIdentityStore shows
/// them.
class MemoryAccountStore final : public account::AccountStore {
 public:
    MemoryAccountStore(
        MemorySessionStore& sessions, MemoryApiKeyStore& api_keys, MemoryOneTimeStore& one_time
    )
        : session_store_(sessions), api_key_store_(api_keys), one_time_(one_time) {}

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
    friend class MemoryFederatedIdentityStore;
    using Key = std::string account::AccountRecord::*;

    [[nodiscard]] std::optional<account::AccountRecord> find_by(Key key, std::string_view value) const;
    [[nodiscard]] bool is_name_taken(const account::AccountRecord& record) const;
    [[nodiscard]] bool is_linked(const account::FederatedIdentity& identity) const;
    // With the mutex held, under which the other stores take theirs, so that a change is one transaction:
    [[nodiscard]] Result<> check_session_now(AccountId account, const std::optional<SessionId>& session);
    [[nodiscard]] Result<> insert_now(account::AccountRecord record, const std::vector<OneTimeUse>& consumes);
    [[nodiscard]] Result<> update_now(account::AccountRecord record, std::int64_t expected_version);
    void remove_all_now(AccountId account, const std::optional<SessionId>& kept);

    MemorySessionStore& session_store_;
    MemoryApiKeyStore& api_key_store_;
    MemoryOneTimeStore& one_time_;
    mutable std::mutex mutex_;
    std::map<AccountId, account::AccountRecord> accounts_;
    std::map<FederatedIdentityId, account::FederatedIdentity> identities_;
};

}  // namespace cardea::stores
