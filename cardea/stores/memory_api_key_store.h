// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/store.h"

#include <map>
#include <mutex>

namespace cardea::stores {

/// The reference ApiKeyStore, gone with the process.
class MemoryApiKeyStore final : public apikey::ApiKeyStore {
 public:
    Task<Result<>> insert(apikey::ApiKeyRecord record, std::size_t limit) override;
    Task<Result<std::optional<apikey::ApiKeyRecord>>> find(apikey::ApiKeyHash key_hash) override;
    Task<Result<std::vector<apikey::ApiKeyRecord>>> list(AccountId account) override;
    Task<Result<>> replace(apikey::Replacement replacement, std::size_t limit) override;
    Task<Result<bool>> remove(AccountId account, ApiKeyId key) override;
    Task<Result<std::size_t>> remove_all(AccountId account) override;
    Task<Result<>> touch(std::vector<apikey::Touch> touches) override;
    Task<Result<std::size_t>> purge_expired(Time until, std::size_t limit) override;

 private:
    [[nodiscard]] Result<> check_insert(const apikey::ApiKeyRecord& record, std::size_t limit) const;

    std::mutex mutex_;
    std::map<apikey::ApiKeyHash, apikey::ApiKeyRecord> keys_;
};

}  // namespace cardea::stores
