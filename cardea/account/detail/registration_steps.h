// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/detail/audited.h"
#include "cardea/flow/flow.h"

#include <optional>
#include <string>
#include <vector>

namespace cardea::account::detail {

/// By what right somebody makes an account.
struct RegistrationRight {
    std::string invitation;  ///< the code, where registration asks for one
    std::string email_key;   ///< the address of the new account, or empty
};

/// The flow that makes an account, if `mode` lets this person make one: Errc::forbidden. `flow` is that of
/// the registration page, if there is one.
[[nodiscard]] Task<Result<flow::FlowState>> open_registration(
    RegistrationMode mode,
    const Parts& parts,
    Audited& audited,
    RegistrationRight right,
    std::optional<flow::FlowState> flow
);

/// What its steps cost: consumed in the transaction that inserts the account, so that a failure there leaves
/// an invitation good.
[[nodiscard]] Result<std::vector<OneTimeUse>> take_registration(
    const Parts& parts, const flow::FlowState& state, AccountId account
);

/// The rule by which one is refused whose steps were consumed before.
[[nodiscard]] audit::Rule replay_rule(const flow::FlowState& state) noexcept;

/// That the invitation was used, if it was one.
[[nodiscard]] Task<> note_invitation(
    const Parts& parts, const flow::FlowState& state, AccountId account, const RequestFacts& facts
);

}  // namespace cardea::account::detail
