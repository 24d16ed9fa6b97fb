// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/detail/audited.h"
#include "cardea/flow/flow.h"

#include <optional>
#include <string>

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

/// Its steps; the account is not made yet.
[[nodiscard]] Task<Result<flow::FlowState>> finish_registration(
    const Parts& parts, Audited& audited, flow::FlowState state, AccountId account
);

/// That the invitation was used, if it was one.
[[nodiscard]] Task<> note_invitation(
    const Parts& parts, const flow::FlowState& finished, const RequestFacts& facts
);

}  // namespace cardea::account::detail
