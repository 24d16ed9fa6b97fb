// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/detail/verifier.h"

#include "cardea/base/bytes.h"

#include <algorithm>

namespace cardea::audit::detail {

bool Verifier::take(const AuditRecord& row) {
    const RowCheck checked = check(row);
    if (checked.damage) {
        verified_.first_break = Break{verified_.head.count + 1, *checked.damage};
        return false;
    }
    verified_.head = {row.sequence, row.mac};
    if (!checked.has_key) {
        if (verified_.unchecked.rows++ == 0) {
            verified_.unchecked.first = row.sequence;
        }
        return true;  // what it says of accounts is unchecked too
    }
    ++verified_.rows;
    if (row.personal.empty()) {
        erased_.try_emplace(row.account, row.sequence);
    }
    if (row.event == name(Event::account_removed) && row.outcome == success) {
        removed_.insert(row.account);
    }
    return true;
}

RowCheck Verifier::check(const AuditRecord& row) const {
    const RowCheck checked = check_row(row, verified_.head, keyring_);
    if (checked.damage) {
        return checked;
    }
    if (!checked.has_key && verified_.rows > 0) {
        return {.damage = Damage::changed};  // a secret that went is older than every one that is here
    }
    if (known_ && known_->count == row.sequence && !constant_time_equal(known_->mac, row.mac)) {
        return {.damage = Damage::changed};  // the whole log was written anew, with our key
    }
    return checked;
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
