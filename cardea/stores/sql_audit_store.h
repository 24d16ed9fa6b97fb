// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/store.h"
#include "cardea/sql/database.h"

namespace cardea::stores {

/// The audit log in an SQL database (sql_schema.h has the table). The database outlives the store.
class SqlAuditStore final : public audit::AuditStore {
 public:
    explicit SqlAuditStore(sql::Database& database) noexcept : database_(database) {}

    Task<Result<>> append(std::vector<audit::AuditRecord> records, audit::Awaited awaited) override;
    Task<Result<std::optional<audit::AuditRecord>>> head() override;
    Task<Result<std::vector<audit::AuditRecord>>> read(std::int64_t first, std::size_t limit) override;
    Task<Result<std::size_t>> erase_personal(AccountId account, std::string kept) override;

 private:
    sql::Database& database_;
};

}  // namespace cardea::stores
