// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/registration_steps.h"

#include "cardea/account/detail/finish_step.h"

#include <utility>

namespace cardea::account::detail {
namespace {

using audit::Rule;
using flow::Flow;
using flow::FlowState;
using flow::Step;

bool is_for(const FlowState& invitation, const std::string& email_key) {
    return invitation.subject().empty() || invitation.subject() == email_key;
}

}  // namespace

Task<Result<FlowState>> open_registration(
    RegistrationMode mode,
    const Parts& parts,
    Audited& audited,
    RegistrationRight right,
    std::optional<FlowState> flow
) {
    if (!right.invitation.empty()) {
        Result<FlowState> invitation =
            parts.flows.open(right.invitation, Flow::invited_registration, flow::Carrier::invitation);
        const bool is_good = invitation && is_for(*invitation, right.email_key);
        if (!is_good || mode == RegistrationMode::closed) {
            co_return co_await audited.refuse(Errc::forbidden, Rule::invitation);
        }
        co_return invitation;
    }
    if (mode == RegistrationMode::by_invitation) {
        co_return co_await audited.refuse(Errc::forbidden, Rule::invitation);
    }
    if (mode == RegistrationMode::closed) {
        co_return co_await audited.refuse(Errc::forbidden, Rule::registration_closed);
    }
    co_return flow ? std::move(*flow) : parts.flows.begin({.flow = Flow::registration});
}

Task<Result<FlowState>> finish_registration(
    const Parts& parts, Audited& audited, FlowState state, AccountId account
) {
    if (state.progress().flow == Flow::invited_registration) {
        const AccountId nobody_yet;
        Result<FlowState> invited =
            co_await finish_step(parts, audited, std::move(state), Step::invitation, nobody_yet);
        if (!invited) {
            co_return invited;
        }
        state = std::move(*invited);
    }
    Result<FlowState> finished =
        co_await finish_step(parts, audited, std::move(state), Step::new_account, account);
    if (finished && !flow::is_complete(finished->progress())) {
        co_return fail(Errc::internal, "registration flow");
    }
    co_return finished;
}

Task<> note_invitation(const Parts& parts, const FlowState& finished, const RequestFacts& facts) {
    if (finished.progress().flow == Flow::invited_registration) {
        Audited used(parts, audit::Event::invitation_used, facts);
        used.concerns(finished.progress().account);
        co_await used.note();
    }
}

}  // namespace cardea::account::detail
