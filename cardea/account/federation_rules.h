// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/federated_identity.h"
#include "cardea/account/operation.h"

#include <cstdint>
#include <optional>

namespace cardea::account {

/// What is known of somebody who comes back from a provider.
struct FederatedCase {
    bool is_linked = false;          ///< the identity signs in to an account here
    bool is_email_verified = false;  ///< the provider says an address, and that it is the person's
    const std::optional<AccountRecord>&
        holder;  ///< the account that has this address, if it is verified there
    RegistrationMode registration = RegistrationMode::closed;
};

/// What becomes of them.
enum class FederatedWay : std::uint8_t {
    sign_in,      ///< to the account that the identity is linked to
    reclaim,      ///< the account with their address is theirs, and of what was set up before nothing remains
    new_account,  ///< at once
    ask,          ///< they decide: see `offers_password` and `offers_account`
    refuse,       ///< nobody may register, or the account with their address is disabled
};

/// A way, and what goes with it.
struct FederatedDecision {
    FederatedWay way = FederatedWay::refuse;
    bool takes_address = false;    ///< a new account gets the provider's address, as a verified one
    bool offers_password = false;  ///< the password of the account with the address links the identity to it
    RegistrationMode offers_account = RegistrationMode::closed;  ///< how they may make another account
};

/// The rules of docs/guides/sign-in-with.md, in one table. An account that exists is never linked silently:
/// either nobody ever proved its address, then whoever proves it now has it for themselves alone; or somebody
/// did, then the password of that account is asked for. Pure.
[[nodiscard]] FederatedDecision decide(const FederatedCase& facts) noexcept;

}  // namespace cardea::account
