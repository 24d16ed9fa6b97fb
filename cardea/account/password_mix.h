// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/store.h"
#include "cardea/password/dummy.h"

#include <vector>

namespace cardea::account {

/// How the passwords in the store are hashed, from a sample of two thousand accounts: their ids are random,
/// so the first are as good as any. Hashes that cannot be read are left out. Errc::store_unavailable.
[[nodiscard]] Task<Result<std::vector<password::HashShare>>> read_password_mix(AccountStore& accounts);

}  // namespace cardea::account
