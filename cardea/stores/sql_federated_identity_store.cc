// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/sql_federated_identity_store.h"

#include "cardea/stores/detail/account_sql.h"
#include "cardea/stores/detail/federated_identity_sql.h"
#include "cardea/stores/detail/one_time_sql.h"
#include "cardea/stores/detail/session_sql.h"

#include <utility>

namespace cardea::stores {

using account::FederatedIdentity;
using detail::column;
using detail::RowReader;

namespace {

constexpr std::string_view has_room_for_federated_identity =
    "SELECT 1 WHERE (SELECT count(*) FROM federated_identity WHERE account = $1) < $2";
constexpr std::string_view find_federated_identity =
    "SELECT id, account, issuer, subject, label, linked_at, last_used_at"
    " FROM federated_identity WHERE issuer = $1 AND subject = $2";
constexpr std::string_view list_federated_identities =
    "SELECT id, account, issuer, subject, label, linked_at, last_used_at"
    " FROM federated_identity WHERE account = $1 ORDER BY linked_at, id";
constexpr std::string_view leaves_a_way_in =
    "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM federated_identity WHERE id = $2 AND account = $1)"
    " OR EXISTS (SELECT 1 FROM account WHERE id = $1 AND password_hash <> '')"
    " OR EXISTS (SELECT 1 FROM federated_identity WHERE account = $1 AND id = $3 AND id <> $2)";
constexpr std::string_view remove_sessions_by_federated_identity =
    "DELETE FROM session WHERE account = $1 AND identity = $2 AND id <> $3";
constexpr std::string_view remove_federated_identity =
    "DELETE FROM federated_identity WHERE account = $1 AND id = $2";
constexpr std::string_view touch_federated_identity =
    "UPDATE federated_identity SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2";

FederatedIdentity to_identity(RowReader& row) {
    FederatedIdentity identity;
    row.read(identity.id);
    row.read(identity.account);
    identity.issuer = row.text();
    identity.subject = row.text();
    identity.label = row.text();
    identity.linked_at = row.time();
    identity.last_used_at = row.time();
    return identity;
}

}  // namespace

Task<Result<>> SqlFederatedIdentityStore::insert(FederatedIdentity identity, account::LinkTerms terms) {
    const sql::Value account = column(identity.account);
    sql::Batch batch;
    batch.add(detail::account_exists, {account}, {.rows = 1, .otherwise = Errc::not_found});
    detail::require_session(batch, account, terms.session);
    batch.add(
        has_room_for_federated_identity,
        {account, static_cast<std::int64_t>(terms.limit)},
        {.rows = 1, .otherwise = Errc::too_large}
    );
    batch.add(detail::insert_federated_identity, detail::to_params(std::move(identity)));
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<>> SqlFederatedIdentityStore::insert_account(
    account::AccountRecord account, FederatedIdentity identity, std::vector<OneTimeUse> consumes
) {
    sql::Batch batch;
    detail::add_uses(batch, consumes);
    batch.add(detail::insert_account, detail::to_params(std::move(account)));
    batch.add(detail::insert_federated_identity, detail::to_params(std::move(identity)));
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<std::optional<FederatedIdentity>>> SqlFederatedIdentityStore::find(
    std::string issuer, std::string subject
) {
    sql::Params params{std::move(issuer), std::move(subject)};
    auto rows = co_await database_.read(find_federated_identity, std::move(params));
    co_return detail::record(std::move(rows), to_identity);
}

Task<Result<std::vector<FederatedIdentity>>> SqlFederatedIdentityStore::list(AccountId account) {
    sql::Params params{column(account)};
    auto rows = co_await database_.scan(list_federated_identities, std::move(params));
    co_return detail::records(std::move(rows), to_identity);
}

Task<Result<bool>> SqlFederatedIdentityStore::remove(
    AccountId account, FederatedIdentityId identity, account::UnlinkTerms terms
) {
    const sql::Value owner = column(account);
    const sql::Value target = column(identity);
    sql::Batch batch;
    detail::require_session(batch, owner, terms.session);
    if (terms.way_in == account::WayIn::has_to_stay) {
        const sql::Value remaining = column(terms.remaining);
        batch.add(leaves_a_way_in, {owner, target, remaining}, {.rows = 1, .otherwise = Errc::conflict});
    }
    const SessionId kept = terms.session.value_or(SessionId());  // nil: no row
    batch.add(remove_sessions_by_federated_identity, {owner, target, column(kept)});
    batch.add(remove_federated_identity, {owner, target});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed_any(std::move(outcomes));
}

Task<Result<>> SqlFederatedIdentityStore::touch(FederatedIdentityId identity, Time last_used_at) {
    sql::Batch batch;
    batch.add(touch_federated_identity, {column(identity), column(last_used_at)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

}  // namespace cardea::stores
