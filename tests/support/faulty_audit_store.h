// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/store.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cardea::testing {

/// Passes every call on to another store, but takes no rows while it is full.
class FaultyAuditStore final : public audit::AuditStore {
 public:
    explicit FaultyAuditStore(std::unique_ptr<audit::AuditStore> real) : real_(std::move(real)) {}

    bool is_full = false;

    Task<Result<>> append(std::vector<audit::AuditRecord> records, audit::Awaited awaited) override {
        if (is_full) {
            co_return fail(Errc::store_unavailable, "on purpose");
        }
        co_return co_await real_->append(std::move(records), awaited);
    }
    Task<Result<std::optional<audit::AuditRecord>>> head() override { return real_->head(); }
    Task<Result<std::vector<audit::AuditRecord>>> read(std::int64_t first, std::size_t limit) override {
        return real_->read(first, limit);
    }
    Task<Result<std::size_t>> erase_personal(AccountId account, std::string kept) override {
        return real_->erase_personal(account, std::move(kept));
    }

 private:
    std::unique_ptr<audit::AuditStore> real_;
};

}  // namespace cardea::testing
