// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/registration_steps.h"

#include <utility>

namespace cardea::account::detail {
namespace {

using audit::Rule;
using flow::Flow;
using flow::FlowState;
using flow::Step;

bool is_invited(const FlowState& state) noexcept {
    return state.progress().flow == Flow::invited_registration;
}

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
    if (mode == RegistrationMode::closed) {
        co_return co_await audited.refuse(Errc::forbidden, Rule::registration_closed);
    }
    if (!right.invitation.empty()) {
        Result<FlowState> invitation =
            parts.flows.open(right.invitation, Flow::invited_registration, flow::Carrier::invitation);
        const bool is_good = invitation && is_for(*invitation, right.email_key);
        if (!is_good) {
            co_return co_await audited.refuse(Errc::forbidden, Rule::invitation);
        }
        co_return invitation;
    }
    if (mode == RegistrationMode::by_invitation) {
        co_return co_await audited.refuse(Errc::forbidden, Rule::invitation);
    }
    co_return flow ? std::move(*flow) : parts.flows.begin({.flow = Flow::registration});
}

Result<std::vector<OneTimeUse>> take_registration(
    const Parts& parts, const FlowState& state, AccountId account
) {
    std::vector<flow::StepBy> steps;
    if (is_invited(state)) {
        steps.push_back({Step::invitation, AccountId()});
    }
    steps.push_back({Step::new_account, account});
    return parts.flows.take_to_end(state, steps);
}

Rule replay_rule(const FlowState& state) noexcept {
    return is_invited(state) ? Rule::invitation : Rule::flow_state;
}

Task<> note_invitation(
    const Parts& parts, const FlowState& state, AccountId account, const RequestFacts& facts
) {
    if (is_invited(state)) {
        Audited used(parts, audit::Event::invitation_used, facts);
        used.concerns(account);
        co_await used.note();
    }
}

}  // namespace cardea::account::detail
