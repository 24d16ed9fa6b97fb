// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/detail/verifier.h"

#include "cardea/audit/detail/chain.h"
#include "cardea/base/bytes.h"

#include <algorithm>

namespace cardea::audit::detail {

bool Verifier::take(const AuditRecord& row) {
    if (const std::optional<Damage> damage = check(row)) {
        verified_.first_break = Break{verified_.head.count + 1, *damage};
        return false;
    }
    if (row.personal.empty()) {
        erased_.try_emplace(row.account, row.sequence);
    }
    if (row.event == name(Event::account_removed) && row.outcome == success) {
        removed_.insert(row.account);
    }
    verified_.head = {row.sequence, row.mac};
    return true;
}

std::optional<Damage> Verifier::check(const AuditRecord& row) {
    const RowCheck checked = check_row(row, verified_.head, keyring_);
    if (checked.damage) {
        return checked.damage;
    }
    if (known_ && known_->count == row.sequence && !constant_time_equal(known_->mac, row.mac)) {
        return Damage::changed;  // the whole log was written anew, with our key
    }
    if (checked.has_key) {
        ++verified_.rows;
    } else if (verified_.unchecked.rows++ == 0) {
        verified_.unchecked.first = row.sequence;
    }
    return std::nullopt;
}

std::optional<Break> Verifier::find_unfounded_erasure() const {
    std::optional<Break> first;
    for (const auto& [account, sequence] : erased_) {
        if (!removed_.contains(account) && (!first || sequence < first->sequence)) {
            first = Break{sequence, Damage::personal_changed};
        }
    }
    return first;
}

Verification Verifier::finish() {
    if (!verified_.first_break) {
        verified_.first_break = find_unfounded_erasure();
    }
    if (!verified_.first_break && known_ && verified_.head.count < known_->count) {
        verified_.first_break = Break{verified_.head.count + 1, Damage::truncated};
    }
    return verified_;
}

}  // namespace cardea::audit::detail
