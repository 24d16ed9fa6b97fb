// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/sql_one_time_store.h"

#include "cardea/stores/detail/one_time_sql.h"
#include "cardea/stores/detail/row_codec.h"

#include <utility>

namespace cardea::stores {

using detail::column;

namespace {

constexpr std::string_view purge_one_time =
    "DELETE FROM one_time WHERE hash IN"
    " (SELECT hash FROM one_time WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";

}  // namespace

Task<Result<bool>> SqlOneTimeStore::consume(OneTimeHash hash, Time expires_at) {
    sql::Batch batch;
    batch.add(detail::consume_one_time, {column(hash), column(expires_at)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed_any(std::move(outcomes));
}

Task<Result<std::size_t>> SqlOneTimeStore::purge_expired(Time now, std::size_t limit) {
    sql::Batch batch;
    batch.add(purge_one_time, {column(now), static_cast<std::int64_t>(limit)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed(std::move(outcomes));
}

}  // namespace cardea::stores
