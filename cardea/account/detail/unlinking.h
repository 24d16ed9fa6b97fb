// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/detail/audited.h"

#include <optional>

namespace cardea::account::detail {

/// What is unlinked, and who asks.
struct Unlinking {
    AccountId account;
    FederatedIdentityId target;
    std::optional<SessionId> session;  ///< it goes on; nothing when an operator asks
    WayIn way_in = WayIn::has_to_stay;
};

/// Unlinks an identity, ends the sessions that came by it, and returns when the row in the audit log is
/// durable. Errc::not_found, Errc::conflict for the last way in, Errc::unauthenticated when the session is
/// gone.
[[nodiscard]] Task<Result<>> unlink(
    const Parts& parts, const AccountPolicy& policy, Audited& audited, Unlinking unlinking
);

}  // namespace cardea::account::detail
