// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/hash_turns.h"

namespace cardea::account {

std::optional<HashTurns::Turn> HashTurns::take(const std::optional<AccountId>& account) {
    if (!account) {
        return Turn();
    }
    const std::lock_guard lock(taken_->mutex);
    std::size_t& taken = taken_->of[*account];
    if (taken >= per_account_) {
        return std::nullopt;
    }
    ++taken;
    return Turn(taken_, *account);
}

void HashTurns::give_back(Taken& taken, AccountId account) noexcept {
    const std::lock_guard lock(taken.mutex);
    const auto found = taken.of.find(account);
    if (found != taken.of.end() && --found->second == 0) {
        taken.of.erase(found);
    }
}

}  // namespace cardea::account
