// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/event.h"
#include "cardea/audit/store.h"

#include <string_view>
#include <vector>

namespace cardea::audit {

/// Which rows list() returns; what is absent chooses nothing.
struct Choice {
    AccountId account;                ///< nil: of anybody
    std::string event;                ///< its name; empty: every event
    std::optional<Time> since;        ///< not older than this
    std::int64_t before = INT64_MAX;  ///< rows in front of this one: how the next page is asked for
    std::size_t limit = 100;          ///< at most so many, of those the newest
};

/// The newest rows that match, the newest last. Reads the log backwards in bounded pieces, and no further
/// than it must; does not check the chain (AuditLog::verify). Errc::store_unavailable.
[[nodiscard]] Task<Result<std::vector<AuditRecord>>> list(AuditStore& store, Choice choice);

/// The personal data of a row, as long as it is not erased: what is not there is empty.
[[nodiscard]] Personal personal_of(const AuditRecord& row);

/// The names of all events.
[[nodiscard]] std::vector<std::string_view> event_names();

}  // namespace cardea::audit
