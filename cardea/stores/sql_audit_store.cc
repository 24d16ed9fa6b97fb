// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/sql_audit_store.h"

#include "cardea/stores/detail/row_codec.h"

#include <utility>

namespace cardea::stores {

using audit::AuditRecord;
using audit::Awaited;
using detail::column;
using detail::column_or_null;
using detail::RowReader;

namespace {

constexpr std::string_view head_is =
    "SELECT 1 WHERE (SELECT coalesce(max(sequence), 0) FROM audit_event) = $1";
constexpr std::string_view append_event =
    "INSERT INTO audit_event (sequence, at, event, outcome, account, reference, personal, personal_digest,"
    " key_id, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
constexpr std::string_view find_head =
    "SELECT sequence, at, event, outcome, account, reference, personal, personal_digest, key_id, mac"
    " FROM audit_event ORDER BY sequence DESC LIMIT 1";
constexpr std::string_view read_events =
    "SELECT sequence, at, event, outcome, account, reference, personal, personal_digest, key_id, mac"
    " FROM audit_event WHERE sequence >= $1 ORDER BY sequence LIMIT $2";
constexpr std::string_view erase_events =
    "UPDATE audit_event SET personal = '' WHERE account = $1 AND event <> $2 AND personal <> ''";

sql::Params to_params(AuditRecord record) {
    return {
        record.sequence,
        column(record.at),
        std::move(record.event),
        std::move(record.outcome),
        column_or_null(record.account),
        std::move(record.reference),
        std::move(record.personal),
        column(record.personal_digest),
        std::move(record.key_id),
        column(record.mac),
    };
}

AuditRecord to_record(RowReader& row) {
    AuditRecord record;
    record.sequence = row.integer();
    record.at = row.time();
    record.event = row.text();
    record.outcome = row.text();
    row.read_or_null(record.account);
    record.reference = row.text();
    record.personal = row.text();
    record.personal_digest = row.array<32>();
    record.key_id = row.text();
    record.mac = row.array<32>();
    return record;
}

}  // namespace

Task<Result<>> SqlAuditStore::append(std::vector<AuditRecord> records, Awaited awaited) {
    sql::Batch batch(awaited == Awaited::yes ? sql::Urgency::now : sql::Urgency::soon);
    for (AuditRecord& record : records) {
        batch.add(head_is, {record.sequence - 1}, {.rows = 1, .otherwise = Errc::conflict});
        batch.add(append_event, to_params(std::move(record)));
    }
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::applied(std::move(outcomes));
}

Task<Result<std::optional<AuditRecord>>> SqlAuditStore::head() {
    sql::Params params;
    auto rows = co_await database_.read(find_head, std::move(params));
    co_return detail::record(std::move(rows), to_record);
}

Task<Result<std::vector<AuditRecord>>> SqlAuditStore::read(std::int64_t first, std::size_t limit) {
    sql::Params params{first, static_cast<std::int64_t>(limit)};
    auto rows = co_await database_.scan(read_events, std::move(params));
    co_return detail::records(std::move(rows), to_record);
}

Task<Result<std::size_t>> SqlAuditStore::erase_personal(AccountId account, std::string kept) {
    sql::Batch batch;
    batch.add(erase_events, {column(account), std::move(kept)});
    auto outcomes = co_await database_.write(std::move(batch));
    co_return detail::changed(std::move(outcomes));
}

}  // namespace cardea::stores
