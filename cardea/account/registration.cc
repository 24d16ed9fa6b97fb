// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/finish_step.h"
#include "cardea/account/detail/new_account.h"
#include "cardea/account/guess_guard.h"
#include "cardea/account/service.h"

namespace cardea::account {
namespace {

using audit::Rule;
using detail::Audited;
using detail::NewAccount;
using flow::Flow;
using flow::FlowState;
using flow::Step;

bool is_for(const FlowState& invitation, const std::string& email_key) {
    return invitation.subject().empty() || invitation.subject() == email_key;
}

}  // namespace

Task<Result<FlowState>> AccountService::open_registration(
    detail::Audited& audited,
    const Registration& registration,
    const std::string& email_key,
    std::optional<FlowState> flow
) {
    if (!registration.invitation.empty()) {
        Result<FlowState> invitation =
            parts_.flows.open(registration.invitation, Flow::invited_registration, flow::Carrier::invitation);
        const bool is_good = invitation && is_for(*invitation, email_key);
        if (!is_good || policy_.registration == RegistrationMode::closed) {
            co_return co_await audited.refuse(Errc::forbidden, Rule::invitation);
        }
        co_return invitation;
    }
    if (policy_.registration == RegistrationMode::by_invitation) {
        co_return co_await audited.refuse(Errc::forbidden, Rule::invitation);
    }
    if (policy_.registration == RegistrationMode::closed) {
        co_return co_await audited.refuse(Errc::forbidden, Rule::registration_closed);
    }
    co_return flow ? std::move(*flow) : parts_.flows.begin({.flow = Flow::registration});
}

Task<Result<AccountRecord>> AccountService::register_account(
    Registration registration, RequestFacts facts, std::optional<FlowState> flow
) {
    Audited audited(parts_, audit::Event::registered, facts);
    if (const std::optional<TryRefusal> refusal = parts_.guard.refuse_address(facts.client_address)) {
        co_return co_await audited.refuse(Errc::rate_limited, refusal->rule, refusal->wait);
    }
    Result<NewAccount> account = detail::parse_new_account(parts_, registration);
    if (!account) {
        co_return co_await audited.refuse(account.error().code, detail::rule_of(account.error().code));
    }
    if (!account->password) {
        co_return co_await audited.refuse(Errc::password_too_short, Rule::password_policy);
    }
    Result<FlowState> state =
        co_await open_registration(audited, registration, account->record.email_key, std::move(flow));
    if (!state) {
        co_return propagate(state);
    }
    Result<> prepared = co_await detail::prepare(parts_, audited, *account);
    if (!prepared) {
        co_return propagate(prepared);
    }

    Result<FlowState> finished = co_await finish_registration(audited, std::move(*state), account->record.id);
    if (!finished) {
        co_return propagate(finished);
    }
    Result<AccountRecord> made = co_await detail::insert(parts_, audited, std::move(account->record));
    if (made && finished->progress().flow == Flow::invited_registration) {
        Audited used(parts_, audit::Event::invitation_used, facts);
        used.concerns(made->id);
        co_await used.note();
    }
    co_return made;
}

Task<Result<FlowState>> AccountService::finish_registration(
    detail::Audited& audited, FlowState state, AccountId account
) {
    if (state.progress().flow == Flow::invited_registration) {
        const AccountId nobody_yet;
        Result<FlowState> invited =
            co_await detail::finish_step(parts_, audited, std::move(state), Step::invitation, nobody_yet);
        if (!invited) {
            co_return invited;
        }
        state = std::move(*invited);
    }
    Result<FlowState> finished =
        co_await detail::finish_step(parts_, audited, std::move(state), Step::new_account, account);
    if (finished && !flow::is_complete(finished->progress())) {
        co_return fail(Errc::internal, "registration flow");
    }
    co_return finished;
}

}  // namespace cardea::account
