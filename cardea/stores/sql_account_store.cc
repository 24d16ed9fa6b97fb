// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/sql_account_store.h"

#include "cardea/stores/detail/account_sql.h"
#include "cardea/stores/detail/federated_identity_sql.h"
#include "cardea/stores/detail/one_time_sql.h"
#include "cardea/stores/detail/session_sql.h"

#include <utility>

namespace cardea::stores {

using account::AccountRecord;
using detail::column;
using detail::RowReader;

namespace {

constexpr std::string_view find_account =
    "SELECT id, email, email_key, email_verified, username, username_key, name, password_hash,"
    " status, failed_attempts, created_at, password_changed_at, version"
    " FROM account WHERE id = $1";
constexpr std::string_view find_account_by_email =
    "SELECT id, email, email_key, email_verified, username, username_key, name, password_hash,"
    " status, failed_attempts, created_at, password_changed_at, version"
    " FROM account WHERE email_key = $1";
constexpr std::string_view find_account_by_username =
    "SELECT id, email, email_key, email_verified, username, username_key, name, password_hash,"
    " status, failed_attempts, created_at, password_changed_at, version"
    " FROM account WHERE username_key = $1";
constexpr std::string_view list_accounts =
    "SELECT id, email, email_key, email_verified, username, username_key, name, password_hash,"
    " status, failed_attempts, created_at, password_changed_at, version"
    " FROM account WHERE id > $1 ORDER BY id LIMIT $2";
constexpr std::string_view update_account =
    "UPDATE account SET email = $2, email_key = $3, email_verified = $4, username = $5, username_key = $6,"
    " name = $7, password_hash = $8, status = $9, created_at = $10, password_changed_at = $11,"
    " version = $12 + 1"
    " WHERE id = $1 AND version = $12";
constexpr std::string_view count_account_failed_attempt =
    "UPDATE account SET failed_attempts = failed_attempts + 1 WHERE id = $1";
// An update that finds no row, or changes nothing in one, would be done sooner.
constexpr std::string_view count_nobodys_failed_attempt =
    "UPDATE nobody SET failed_attempts = failed_attempts + 1";
constexpr std::string_view clear_account_failed_attempts =
    "UPDATE account SET failed_attempts = 0 WHERE id = $1";
constexpr std::string_view remove_account_sessions = "DELETE FROM session WHERE account = $1";
constexpr std::string_view remove_account_sessions_except =
    "DELETE FROM session WHERE account = $1 AND id <> $2";
constexpr std::string_view remove_account_api_keys = "DELETE FROM api_key WHERE account = $1";
constexpr std::string_view remove_account = "DELETE FROM account WHERE id = $1";

AccountRecord to_record(RowReader& row) {
    AccountRecord record;
    row.read(record.id);
    record.email = row.text();
    record.email_key = row.text_or_null();
    record.email_verified = row.boolean();
    record.username = row.text();
    record.username_key = row.text_or_null();
    record.name = row.text();
    record.password_hash = row.text();
    record.status = row.enumerator(account::Status::disabled);
    record.failed_attempts = row.integer();
    record.created_at = row.time();
    record.password_changed_at = row.time();
    record.version = row.integer();
    return record;
}

void add_update(sql::Batch& batch, AccountRecord record, std::int64_t expected_version) {
    batch.add(detail::account_exists, {column(record.id)}, {.rows = 1, .otherwise = Errc::not_found});
    record.version = expected_version;
    sql::Params params = detail::to_params(std::move(record));
    params.pop_back();  // the failed attempts: they are counted in the row
    batch.add(update_account, std::move(params), {.rows = 1, .otherwise = Errc::conflict});
}

Task<Result<>> change_row(sql::Database& database, std::string_view statement, sql::Params params) {
    sql::Batch batch;
    batch.add(statement, std::move(params), {.rows = 1, .otherwise = Errc::not_found});
    auto outcomes = co_await database.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

}  // namespace

Task<Result<>> SqlAccountStore::insert(AccountRecord record, std::vector<OneTimeUse> consumes) {
    sql::Batch batch;
    detail::add_uses(batch, consumes);
    batch.add(detail::insert_account, detail::to_params(std::move(record)));
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<std::optional<AccountRecord>>> SqlAccountStore::find(AccountId id) {
    sql::Params params{column(id)};
    auto rows = co_await database_.read(find_account, std::move(params));
    co_return detail::record(std::move(rows), to_record);
}

Task<Result<std::optional<AccountRecord>>> SqlAccountStore::find_by_email(std::string email_key) {
    sql::Params params{std::move(email_key)};
    auto rows = co_await database_.read(find_account_by_email, std::move(params));
    co_return detail::record(std::move(rows), to_record);
}

Task<Result<std::optional<AccountRecord>>> SqlAccountStore::find_by_username(std::string username_key) {
    sql::Params params{std::move(username_key)};
    auto rows = co_await database_.read(find_account_by_username, std::move(params));
    co_return detail::record(std::move(rows), to_record);
}

Task<Result<>> SqlAccountStore::update(
    AccountRecord record, std::int64_t expected_version, std::optional<SessionId> session
) {
    sql::Batch batch;
    detail::require_session(batch, column(record.id), session);
    add_update(batch, std::move(record), expected_version);
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<>> SqlAccountStore::reclaim(
    AccountRecord record, std::int64_t expected_version, account::Kept kept
) {
    const sql::Value id = column(record.id);
    sql::Batch batch;
    detail::require_session(batch, id, kept.session);
    add_update(batch, std::move(record), expected_version);
    batch.add(clear_account_failed_attempts, {id});
    if (kept.session) {
        batch.add(remove_account_sessions_except, {id, column(*kept.session)});
    } else {
        batch.add(remove_account_sessions, {id});
    }
    batch.add(remove_account_api_keys, {id});
    batch.add(detail::remove_all_federated_identities, {id});
    if (kept.identity) {
        batch.add(detail::insert_federated_identity, detail::to_params(std::move(*kept.identity)));
    }
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<>> SqlAccountStore::count_failed_attempt(std::optional<AccountId> id) {
    return id ? change_row(database_, count_account_failed_attempt, {column(*id)})
              : change_row(database_, count_nobodys_failed_attempt, {});
}

Task<Result<>> SqlAccountStore::clear_failed_attempts(AccountId id) {
    return change_row(database_, clear_account_failed_attempts, {column(id)});
}

Task<Result<bool>> SqlAccountStore::remove(AccountId id) {
    sql::Batch batch;
    batch.add(remove_account_sessions, {column(id)});
    batch.add(remove_account_api_keys, {column(id)});
    batch.add(detail::remove_all_federated_identities, {column(id)});
    batch.add(remove_account, {column(id)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed_any(std::move(outcomes));
}

Task<Result<std::vector<AccountRecord>>> SqlAccountStore::list(account::Page page) {
    sql::Params params{column(page.after), static_cast<std::int64_t>(page.limit)};
    auto rows = co_await database_.scan(list_accounts, std::move(params));
    co_return detail::records(std::move(rows), to_record);
}

}  // namespace cardea::stores
