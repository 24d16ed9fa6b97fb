// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/flow/one_time_store.h"
#include "cardea/sql/database.h"

namespace cardea::stores {

/// Consumed one-time values in an SQL database (sql_schema.h has the table). The database outlives the store.
class SqlOneTimeStore final : public flow::OneTimeStore {
 public:
    explicit SqlOneTimeStore(sql::Database& database) noexcept : database_(database) {}

    Task<Result<bool>> consume(OneTimeHash hash, Time expires_at) override;
    Task<Result<std::size_t>> purge_expired(Time now, std::size_t limit) override;

 private:
    sql::Database& database_;
};

}  // namespace cardea::stores
