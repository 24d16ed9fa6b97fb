// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/log.h"
#include "cardea/base/random.h"

#include <optional>
#include <string_view>

namespace cardea::crypto {
class Keyring;
}

namespace cardea::audit::detail {

/// What becomes a row.
struct TimedEntry {
    Entry entry;
    Time at;
};

/// The row that follows `previous`. The personal data gets a random part of its own, so that once it is
/// erased its digest says nothing, not even to who holds the key.
[[nodiscard]] AuditRecord make_row(
    const TimedEntry& timed, const Head& previous, const crypto::Keyring& keyring, Random& random
);

/// The outcome of a row that succeeded.
inline constexpr std::string_view success = "success";

/// What check_row() says. Without its key, nothing but the number of a row can be checked.
struct RowCheck {
    std::optional<Damage> damage;
    bool has_key = true;
};

/// What is wrong with a row that should follow `previous`. Whether personal data that is gone was to be
/// erased, the row alone cannot tell.
[[nodiscard]] RowCheck check_row(
    const AuditRecord& row, const Head& previous, const crypto::Keyring& keyring
);

}  // namespace cardea::audit::detail
