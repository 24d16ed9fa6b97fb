// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/operation.h"
#include "cardea/session/record.h"

namespace cardea::account::detail {

/// Whether the sign-in is too old for what asks for a recent one.
[[nodiscard]] inline bool needs_step_up(
    const Parts& parts, const AccountPolicy& policy, const session::SessionRecord& session
) noexcept {
    return parts.clock.now() - session.created_at > policy.step_up_after;
}

}  // namespace cardea::account::detail
