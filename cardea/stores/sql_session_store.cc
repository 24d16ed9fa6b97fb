// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/sql_session_store.h"

#include "cardea/stores/detail/one_time_sql.h"
#include "cardea/stores/detail/row_codec.h"
#include "cardea/stores/detail/session_sql.h"

#include <algorithm>
#include <utility>

namespace cardea::stores {

using detail::column;
using detail::RowReader;
using session::Insertion;
using session::SessionName;
using session::SessionRecord;
using session::TokenHash;
using session::Touch;

namespace {

constexpr std::string_view insert_session =
    "INSERT INTO session (token_hash, id, account, transport, persistence, created_at, last_seen_at, idle,"
    " expires_at, amr, client_address, user_agent, data, version, ends_at, identity)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
constexpr std::string_view find_session =
    "SELECT token_hash, id, account, transport, persistence, created_at, last_seen_at, idle,"
    " expires_at, amr, client_address, user_agent, data, version, identity"
    " FROM session WHERE token_hash = $1";
constexpr std::string_view list_sessions =
    "SELECT token_hash, id, account, transport, persistence, created_at, last_seen_at, idle,"
    " expires_at, amr, client_address, user_agent, data, version, identity"
    " FROM session WHERE account = $1 ORDER BY created_at DESC, id DESC";
constexpr std::string_view remove_session = "DELETE FROM session WHERE account = $1 AND id = $2";
constexpr std::string_view remove_session_token = "DELETE FROM session WHERE token_hash = $1";
constexpr std::string_view remove_all_sessions = "DELETE FROM session WHERE account = $1 AND id <> $2";
// Two statements, since RETURNING builds a table in memory even where it returns nothing.
constexpr std::string_view find_session_past_limit =
    "SELECT token_hash FROM session WHERE account = $1 AND id <> $2"
    " ORDER BY ends_at > $4 DESC, last_seen_at DESC, created_at DESC, id DESC LIMIT 1 OFFSET $3";
constexpr std::string_view remove_session_past_limit =
    "DELETE FROM session WHERE id ="
    " (SELECT id FROM session WHERE account = $1 AND id <> $2"
    " ORDER BY ends_at > $4 DESC, last_seen_at DESC, created_at DESC, id DESC LIMIT 1 OFFSET $3)";
constexpr std::string_view rotate_session = "UPDATE session SET token_hash = $2 WHERE token_hash = $1";
constexpr std::string_view session_exists = "SELECT 1 FROM session WHERE token_hash = $1";
constexpr std::string_view update_session_data =
    "UPDATE session SET data = $2, version = version + 1 WHERE token_hash = $1 AND version = $3";
// ends_at is the earlier of the idle and the absolute end, so that one index finds what is over.
constexpr std::string_view touch_session =
    "UPDATE session SET last_seen_at = $2,"
    " ends_at = CASE WHEN $2 + idle < expires_at THEN $2 + idle ELSE expires_at END"
    " WHERE token_hash = $1 AND last_seen_at < $2";
constexpr std::string_view purge_sessions =
    "DELETE FROM session WHERE token_hash IN"
    " (SELECT token_hash FROM session WHERE ends_at <= $1 ORDER BY ends_at LIMIT $2)";

sql::Params to_params(SessionRecord record) {
    const Time ends_at = std::min(record.expires_at, record.last_seen_at + record.idle);
    return {
        column(record.token_hash),
        column(record.id),
        column(record.account),
        static_cast<std::int64_t>(record.transport),
        static_cast<std::int64_t>(record.persistence),
        column(record.created_at),
        column(record.last_seen_at),
        std::int64_t{record.idle.count()},
        column(record.expires_at),
        std::move(record.amr),
        std::move(record.client_address),
        std::move(record.user_agent),
        std::move(record.data),
        record.version,
        column(ends_at),
        detail::column_or_null(record.identity),
    };
}

SessionRecord to_record(RowReader& row) {
    SessionRecord record;
    record.token_hash = row.array<32>();
    row.read(record.id);
    row.read(record.account);
    record.transport = row.enumerator(session::Transport::bearer);
    record.persistence = row.enumerator(session::Persistence::persistent);
    record.created_at = row.time();
    record.last_seen_at = row.time();
    record.idle = row.duration();
    record.expires_at = row.time();
    record.amr = row.text();
    record.client_address = row.text();
    record.user_agent = row.text();
    record.data = row.text();
    record.version = row.integer();
    row.read_or_null(record.identity);
    return record;
}

TokenHash to_token_hash(RowReader& row) {
    return row.array<32>();
}

/// What find_session_past_limit found; it stands before the last statement of the batch.
Result<std::optional<TokenHash>> token_past_limit(Result<std::vector<sql::Outcome>> outcomes) {
    if (!outcomes) {
        return propagate(outcomes);
    }
    return detail::record(Result<sql::Rows>(std::move((outcomes->end() - 2)->rows)), to_token_hash);
}

}  // namespace

Task<Result<std::optional<TokenHash>>> SqlSessionStore::insert(SessionRecord record, Insertion also) {
    sql::Batch batch;
    if (also.asking) {
        detail::require_session(batch, column(also.asking->account), also.asking->id);
    }
    if (also.consumes) {
        sql::Params use{column(also.consumes->hash), column(also.consumes->expires_at)};
        batch.add(detail::consume_one_time, std::move(use), {.rows = 1, .otherwise = Errc::replayed});
    }
    if (also.replaces) {
        batch.add(remove_session, {column(also.replaces->account), column(also.replaces->id)});
    }
    sql::Params past_limit{
        column(record.account),
        column(record.id),
        static_cast<std::int64_t>(also.limit - 1),
        column(record.created_at)
    };
    batch.add(insert_session, to_params(std::move(record)));
    batch.add(find_session_past_limit, past_limit);
    batch.add(remove_session_past_limit, std::move(past_limit));
    auto outcomes = co_await database_.write(std::move(batch));
    co_return token_past_limit(std::move(outcomes));
}

Task<Result<std::optional<SessionRecord>>> SqlSessionStore::find(TokenHash token_hash) {
    sql::Params params{column(token_hash)};
    auto rows = co_await database_.read(find_session, std::move(params));
    co_return detail::record(std::move(rows), to_record);
}

Task<Result<std::vector<SessionRecord>>> SqlSessionStore::list(AccountId account) {
    sql::Params params{column(account)};
    auto rows = co_await database_.scan(list_sessions, std::move(params));
    co_return detail::records(std::move(rows), to_record);
}

Task<Result<bool>> SqlSessionStore::remove(
    AccountId account, SessionId session, std::optional<SessionId> asking
) {
    sql::Batch batch;
    detail::require_session(batch, column(account), asking);
    batch.add(remove_session, {column(account), column(session)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed_any(std::move(outcomes));
}

Task<Result<bool>> SqlSessionStore::remove_token(TokenHash token_hash) {
    sql::Batch batch;
    batch.add(remove_session_token, {column(token_hash)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed_any(std::move(outcomes));
}

Task<Result<std::size_t>> SqlSessionStore::remove_all(AccountId account, std::optional<SessionId> except) {
    sql::Batch batch;
    batch.add(remove_all_sessions, {column(account), column(except.value_or(SessionId()))});  // nil: no row
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed(std::move(outcomes));
}

Task<Result<std::size_t>> SqlSessionStore::remove_others(SessionName asking) {
    sql::Batch batch;
    detail::require_session(batch, column(asking.account), asking.id);
    batch.add(remove_all_sessions, {column(asking.account), column(asking.id)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed(std::move(outcomes));
}

Task<Result<bool>> SqlSessionStore::rotate(TokenHash from, TokenHash to) {
    sql::Batch batch;
    batch.add(rotate_session, {column(from), column(to)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed_any(std::move(outcomes));
}

Task<Result<>> SqlSessionStore::update_data(
    TokenHash token_hash, std::string data, std::int64_t expected_version
) {
    sql::Batch batch;
    batch.add(session_exists, {column(token_hash)}, {.rows = 1, .otherwise = Errc::not_found});
    batch.add(update_session_data, {column(token_hash), std::move(data), expected_version}, {.rows = 1});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<>> SqlSessionStore::touch(std::vector<Touch> touches) {
    sql::Batch batch;
    for (const Touch& touch : touches) {
        batch.add(touch_session, {column(touch.token_hash), column(touch.last_seen_at)});
    }
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<std::size_t>> SqlSessionStore::purge_expired(Time now, std::size_t limit) {
    sql::Batch batch;
    batch.add(purge_sessions, {column(now), static_cast<std::int64_t>(limit)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed(std::move(outcomes));
}

}  // namespace cardea::stores
