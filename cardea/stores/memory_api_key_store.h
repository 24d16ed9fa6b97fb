// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/store.h"
#include "cardea/stores/memory_session_store.h"

#include <map>
#include <mutex>

namespace cardea::stores {

/// The reference ApiKeyStore, gone with the process. The store of sessions, which outlives it, is needed
/// where sessions ask for keys.
class MemoryApiKeyStore final : public apikey::ApiKeyStore {
 public:
    MemoryApiKeyStore() = default;
    explicit MemoryApiKeyStore(MemorySessionStore& sessions) noexcept : sessions_(&sessions) {}

    Task<Result<>> insert(apikey::ApiKeyRecord record, apikey::Terms terms) override;
    Task<Result<std::optional<apikey::ApiKeyRecord>>> find(apikey::ApiKeyHash key_hash) override;
    Task<Result<std::vector<apikey::ApiKeyRecord>>> list(AccountId account) override;
    Task<Result<>> replace(apikey::Replacement replacement, apikey::Terms terms) override;
    Task<Result<bool>> remove(AccountId account, ApiKeyId key, std::optional<SessionId> session) override;
    Task<Result<std::size_t>> remove_all(AccountId account) override;
    Task<Result<>> touch(std::vector<apikey::Touch> touches) override;
    Task<Result<std::size_t>> purge_expired(Time until, std::size_t limit) override;

    /// remove_all() for a store that does it in a transaction of its own.
    std::size_t remove_all_now(AccountId account);

 private:
    [[nodiscard]] Result<> check_session(AccountId account, const std::optional<SessionId>& session) const;
    [[nodiscard]] Result<> check_insert(const apikey::ApiKeyRecord& record, const apikey::Terms& terms) const;

    MemorySessionStore* sessions_ = nullptr;
    std::mutex mutex_;
    std::map<apikey::ApiKeyHash, apikey::ApiKeyRecord> keys_;
};

}  // namespace cardea::stores
