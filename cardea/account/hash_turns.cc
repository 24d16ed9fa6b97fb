// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/hash_turns.h"

namespace cardea::account {

std::optional<HashTurns::Turn> HashTurns::take(const std::optional<AccountId>& account) {
    if (!account) {
        return Turn();
    }
    const std::lock_guard lock(mutex_);
    std::size_t& taken = taken_[*account];
    if (taken >= per_account_) {
        return std::nullopt;
    }
    ++taken;
    return Turn(*this, *account);
}

void HashTurns::give_back(AccountId account) noexcept {
    const std::lock_guard lock(mutex_);
    const auto found = taken_.find(account);
    if (found != taken_.end() && --found->second == 0) {
        taken_.erase(found);
    }
}

}  // namespace cardea::account
