// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/memory_audit_store.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cardea::stores {

using audit::AuditRecord;

Task<Result<>> MemoryAuditStore::append(std::vector<AuditRecord> records, audit::Awaited /*awaited*/) {
    const std::lock_guard lock(mutex_);
    auto expected = static_cast<std::int64_t>(records_.size());
    const bool follows = std::ranges::all_of(records, [&](const AuditRecord& record) {
        return record.sequence == ++expected;
    });
    if (!follows) {
        co_return fail(Errc::conflict, "audit sequence");
    }
    std::ranges::move(records, std::back_inserter(records_));
    co_return Result<>{};
}

Task<Result<std::optional<AuditRecord>>> MemoryAuditStore::head() {
    const std::lock_guard lock(mutex_);
    if (records_.empty()) {
        co_return std::optional<AuditRecord>();
    }
    co_return std::optional(records_.back());
}

Task<Result<std::vector<AuditRecord>>> MemoryAuditStore::read(std::int64_t first, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    const std::size_t begin =
        std::min(records_.size(), static_cast<std::size_t>(std::max<std::int64_t>(first, 1) - 1));
    const std::size_t end = begin + std::min(limit, records_.size() - begin);
    const auto at = [&](std::size_t index) { return records_.begin() + static_cast<std::ptrdiff_t>(index); };
    co_return std::vector<AuditRecord>(at(begin), at(end));
}

Task<Result<std::size_t>> MemoryAuditStore::erase_personal(AccountId account, std::string kept) {
    const std::lock_guard lock(mutex_);
    std::size_t erased = 0;
    for (AuditRecord& record : records_) {
        if (record.account == account && record.event != kept && !record.personal.empty()) {
            record.personal.clear();
            ++erased;
        }
    }
    co_return erased;
}

}  // namespace cardea::stores
