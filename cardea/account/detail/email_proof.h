// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/detail/audited.h"
#include "cardea/account/email.h"

namespace cardea::account::detail {

/// Whether who has `email` has the address of the account.
[[nodiscard]] bool is_address_of(const EmailAddress& email, const AccountRecord& account);

/// The first proof that an account's address belongs to whoever is there. Until now anybody may have made the
/// account with it and be waiting inside, so whatever was set up before dies in the same transaction: the
/// password, and all sessions, API keys and federated identities but `kept`, which is what proves it. Returns
/// the account as it is now. Errc::conflict when it changed meanwhile, or the identity that is kept is
/// another account's; Errc::unauthenticated when the session is gone that is kept.
[[nodiscard]] Task<Result<AccountRecord>> prove_email(
    const Parts& parts, AccountRecord account, Kept kept, const RequestFacts& facts
);

}  // namespace cardea::account::detail
