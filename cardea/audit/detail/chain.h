// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/log.h"
#include "cardea/base/random.h"

#include <optional>

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

/// What is wrong with a row that should follow `previous`.
[[nodiscard]] std::optional<Damage> check_row(
    const AuditRecord& row, const Head& previous, const crypto::Keyring& keyring
);

}  // namespace cardea::audit::detail
