// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/operation.h"
#include "cardea/session/policy.h"
#include "cardea/session/record.h"

namespace cardea::account::detail {

/// Whether the sign-in is too old for what asks for a recent one. How old one of the future is, nobody knows:
/// the clock was set back.
[[nodiscard]] inline bool needs_step_up(
    const Parts& parts, const AccountPolicy& policy, const session::SessionRecord& session
) noexcept {
    const Duration age = parts.clock.now() - session.created_at;
    return age > policy.step_up_after || age < -session::clock_tolerance;
}

}  // namespace cardea::account::detail
