// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/store.h"

#include <mutex>

namespace cardea::stores {

/// The reference AuditStore, gone with the process.
class MemoryAuditStore final : public audit::AuditStore {
 public:
    Task<Result<>> append(std::vector<audit::AuditRecord> records, audit::Awaited awaited) override;
    Task<Result<std::optional<audit::AuditRecord>>> head() override;
    Task<Result<std::vector<audit::AuditRecord>>> read(std::int64_t first, std::size_t limit) override;
    Task<Result<std::size_t>> erase_personal(AccountId account, std::string kept) override;

 private:
    std::mutex mutex_;
    std::vector<audit::AuditRecord> records_;  ///< the row with sequence n at n - 1
};

}  // namespace cardea::stores
