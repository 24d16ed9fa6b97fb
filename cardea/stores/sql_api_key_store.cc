// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/sql_api_key_store.h"

#include "cardea/stores/detail/row_codec.h"
#include "cardea/stores/detail/session_sql.h"

#include <utility>

namespace cardea::stores {

using apikey::ApiKeyHash;
using apikey::ApiKeyRecord;
using apikey::Replacement;
using apikey::Terms;
using apikey::Touch;
using detail::column;
using detail::column_or_null;
using detail::RowReader;

namespace {

constexpr std::string_view insert_api_key =
    "INSERT INTO api_key (key_hash, id, account, name, hint, scopes, created_at, expires_at, last_used_at,"
    " replaced_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
constexpr std::string_view has_room_for_api_key =
    "SELECT 1 WHERE (SELECT count(*) FROM api_key WHERE account = $1) < $2";
constexpr std::string_view find_api_key =
    "SELECT key_hash, id, account, name, hint, scopes, created_at, expires_at, last_used_at, replaced_by"
    " FROM api_key WHERE key_hash = $1";
constexpr std::string_view list_api_keys =
    "SELECT key_hash, id, account, name, hint, scopes, created_at, expires_at, last_used_at, replaced_by"
    " FROM api_key WHERE account = $1 ORDER BY created_at DESC, id DESC";
constexpr std::string_view api_key_exists = "SELECT 1 FROM api_key WHERE account = $1 AND id = $2";
constexpr std::string_view replace_api_key =
    "UPDATE api_key SET replaced_by = $3,"
    " expires_at = CASE WHEN expires_at < $4 THEN expires_at ELSE $4 END"  // NULL is not less
    " WHERE account = $1 AND id = $2 AND replaced_by IS NULL";
constexpr std::string_view remove_api_key = "DELETE FROM api_key WHERE account = $1 AND id = $2";
constexpr std::string_view remove_all_api_keys = "DELETE FROM api_key WHERE account = $1";
constexpr std::string_view touch_api_key =
    "UPDATE api_key SET last_used_at = $2"
    " WHERE key_hash = $1 AND (last_used_at IS NULL OR last_used_at < $2)";
constexpr std::string_view purge_api_keys =
    "DELETE FROM api_key WHERE key_hash IN"
    " (SELECT key_hash FROM api_key WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";

sql::Params to_params(ApiKeyRecord record) {
    return {
        column(record.key_hash),
        column(record.id),
        column(record.account),
        std::move(record.name),
        std::move(record.hint),
        std::move(record.scopes),
        column(record.created_at),
        column_or_null(record.expires_at),
        column_or_null(record.last_used_at),
        column_or_null(record.replaced_by),
    };
}

ApiKeyRecord to_record(RowReader& row) {
    ApiKeyRecord record;
    record.key_hash = row.array<32>();
    row.read(record.id);
    row.read(record.account);
    record.name = row.text();
    record.hint = row.text();
    record.scopes = row.text();
    record.created_at = row.time();
    record.expires_at = row.time_or_null();
    record.last_used_at = row.time_or_null();
    row.read_or_null(record.replaced_by);
    return record;
}

void add_insert(sql::Batch& batch, ApiKeyRecord record, const Terms& terms) {
    batch.add(
        has_room_for_api_key,
        {column(record.account), static_cast<std::int64_t>(terms.limit)},
        {.rows = 1, .otherwise = Errc::too_large}
    );
    batch.add(insert_api_key, to_params(std::move(record)));
}

}  // namespace

Task<Result<>> SqlApiKeyStore::insert(ApiKeyRecord record, Terms terms) {
    sql::Batch batch;
    detail::require_session(batch, column(record.account), terms.session);
    add_insert(batch, std::move(record), terms);
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<std::optional<ApiKeyRecord>>> SqlApiKeyStore::find(ApiKeyHash key_hash) {
    sql::Params params{column(key_hash)};
    auto rows = co_await database_.read(find_api_key, std::move(params));
    co_return detail::record(std::move(rows), to_record);
}

Task<Result<std::vector<ApiKeyRecord>>> SqlApiKeyStore::list(AccountId account) {
    sql::Params params{column(account)};
    auto rows = co_await database_.scan(list_api_keys, std::move(params));
    co_return detail::records(std::move(rows), to_record);
}

Task<Result<>> SqlApiKeyStore::replace(Replacement replacement, Terms terms) {
    const sql::Value account = column(replacement.new_key.account);
    const sql::Value old_key = column(replacement.old_key);
    sql::Batch batch;
    detail::require_session(batch, account, terms.session);
    batch.add(api_key_exists, {account, old_key}, {.rows = 1, .otherwise = Errc::not_found});
    batch.add(
        replace_api_key,
        {account, old_key, column(replacement.new_key.id), column(replacement.old_expires_at)},
        {.rows = 1, .otherwise = Errc::conflict}
    );
    add_insert(batch, std::move(replacement.new_key), terms);
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<bool>> SqlApiKeyStore::remove(AccountId account, ApiKeyId key, std::optional<SessionId> session) {
    sql::Batch batch;
    detail::require_session(batch, column(account), session);
    batch.add(remove_api_key, {column(account), column(key)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed_any(std::move(outcomes));
}

Task<Result<std::size_t>> SqlApiKeyStore::remove_all(AccountId account) {
    sql::Batch batch;
    batch.add(remove_all_api_keys, {column(account)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed(std::move(outcomes));
}

Task<Result<>> SqlApiKeyStore::touch(std::vector<Touch> touches) {
    sql::Batch batch;
    for (const Touch& touch : touches) {
        batch.add(touch_api_key, {column(touch.key_hash), column(touch.last_used_at)});
    }
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<std::size_t>> SqlApiKeyStore::purge_expired(Time until, std::size_t limit) {
    sql::Batch batch;
    batch.add(purge_api_keys, {column(until), static_cast<std::int64_t>(limit)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed(std::move(outcomes));
}

}  // namespace cardea::stores
