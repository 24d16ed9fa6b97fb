// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/listing.h"

#include "cardea/base/json.h"

#include <algorithm>
#include <ranges>

namespace cardea::audit {
namespace {

constexpr std::int64_t rows_at_once = 500;

bool matches(const AuditRecord& row, const Choice& choice) {
    return (choice.account == AccountId() || row.account == choice.account) &&
           (choice.event.empty() || row.event == choice.event) && (!choice.since || row.at >= *choice.since);
}

std::int64_t sequence_of(const std::optional<AuditRecord>& head) {
    return head ? head->sequence : 0;
}

/// Takes what matches, from the end of the rows, until there is enough.
void take(std::vector<AuditRecord>& rows, const Choice& choice, std::vector<AuditRecord>& newest_first) {
    for (AuditRecord& row : std::views::reverse(rows)) {
        if (newest_first.size() < choice.limit && matches(row, choice)) {
            newest_first.push_back(std::move(row));
        }
    }
}

/// Rows stand in the order of their times, but where the clock was set back.
bool is_all_before(const std::vector<AuditRecord>& rows, const Choice& choice) {
    return choice.since && !rows.empty() && rows.front().at < *choice.since;
}

}  // namespace

Task<Result<std::vector<AuditRecord>>> list(AuditStore& store, Choice choice) {
    Result<std::optional<AuditRecord>> head = co_await store.head();
    if (!head) {
        co_return propagate(head);
    }
    std::vector<AuditRecord> newest_first;
    std::int64_t last = std::min(choice.before - 1, sequence_of(*head));
    while (last > 0 && newest_first.size() < choice.limit) {
        const std::int64_t first = std::max<std::int64_t>(1, last - rows_at_once + 1);
        const auto count = static_cast<std::size_t>(last - first + 1);
        Result<std::vector<AuditRecord>> rows = co_await store.read(first, count);
        if (!rows) {
            co_return propagate(rows);
        }
        const bool reaches_further = is_all_before(*rows, choice);
        take(*rows, choice, newest_first);
        if (reaches_further) {
            break;
        }
        last = first - 1;
    }
    std::ranges::reverse(newest_first);
    co_return newest_first;
}

Personal personal_of(const AuditRecord& row) {
    const Result<Json> json = parse_json(row.personal);
    if (!json) {
        return {};  // erased
    }
    const auto text_of = [&json](std::string_view member) {
        return std::string(json->find_text(member).value_or(""));
    };
    return {
        .client_address = text_of("address"),
        .user_agent = text_of("user_agent"),
        .subject = text_of("subject"),
        .issuer = text_of("issuer"),
        .session = text_of("session"),
        .actor = text_of("actor"),
    };
}

std::vector<std::string_view> event_names() {
    std::vector<std::string_view> names;
    for (std::uint8_t number = 0; name(static_cast<Event>(number)) != "unknown"; ++number) {
        names.push_back(name(static_cast<Event>(number)));
    }
    return names;
}

}  // namespace cardea::audit
