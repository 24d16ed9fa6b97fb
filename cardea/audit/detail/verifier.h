// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/detail/chain.h"
#include "cardea/audit/log.h"

#include <map>
#include <optional>
#include <set>

namespace cardea::crypto {
class Keyring;
}

namespace cardea::audit::detail {

/// Reads the rows of a log from the first on, and keeps what is to be said of them. What it remembers grows
/// with the number of accounts that were removed.
class Verifier {
 public:
    /// `known` is the head that somebody kept. The keyring outlives it.
    Verifier(const crypto::Keyring& keyring, std::optional<Head> known) : keyring_(keyring), known_(known) {}

    /// Takes the next row. False when it is broken: no further one is wanted.
    bool take(const AuditRecord& row);

    /// How many rows were taken.
    [[nodiscard]] std::int64_t count() const noexcept { return verified_.head.count; }

    /// What is to be said, after the last row.
    [[nodiscard]] Verification finish();

 private:
    [[nodiscard]] RowCheck check(const AuditRecord& row) const;
    [[nodiscard]] std::optional<Break> find_unfounded_erasure() const;

    const crypto::Keyring& keyring_;
    std::optional<Head> known_;
    Verification verified_;
    std::map<AccountId, std::int64_t> erased_;  ///< accounts with a row without personal data: the first one
    std::set<AccountId> removed_;               ///< accounts whose removal stands in the log
};

}  // namespace cardea::audit::detail
