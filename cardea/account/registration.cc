// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/new_account.h"
#include "cardea/account/detail/registration_steps.h"
#include "cardea/account/guess_guard.h"
#include "cardea/account/service.h"

namespace cardea::account {

using audit::Rule;
using detail::Audited;
using detail::NewAccount;
using flow::FlowState;

Task<Result<AccountRecord>> AccountService::register_account(
    Registration registration, RequestFacts facts, std::optional<FlowState> flow
) {
    Audited audited(parts_, audit::Event::registered, facts);
    if (const std::optional<TryRefusal> refusal = parts_.guard.refuse_address(facts.client_address)) {
        co_return co_await audited.refuse(Errc::rate_limited, refusal->rule, refusal->wait);
    }
    if (policy_.registration == RegistrationMode::closed) {  // before what is wrong with the name
        co_return co_await audited.refuse(Errc::forbidden, Rule::registration_closed);
    }
    Result<NewAccount> account = detail::parse_new_account(parts_, registration);
    if (!account) {
        co_return co_await detail::refuse_choice(audited, account.error());
    }
    if (!account->password) {
        co_return co_await audited.refuse(Errc::password_too_short, Rule::password_policy);
    }
    detail::RegistrationRight right{std::move(registration.invitation), account->record.email_key};
    Result<FlowState> state = co_await detail::open_registration(
        policy_.registration, parts_, audited, std::move(right), std::move(flow)
    );
    if (!state) {
        co_return propagate(state);
    }
    Result<> prepared = co_await detail::prepare(parts_, audited, *account);
    if (!prepared) {
        co_return propagate(prepared);
    }

    const AccountId id = account->record.id;
    Result<std::vector<OneTimeUse>> steps = detail::take_registration(parts_, *state, id);
    if (!steps) {
        co_return co_await audited.refuse(steps.error().code, detail::replay_rule(*state));
    }
    Result<AccountRecord> made =
        co_await detail::insert(parts_, audited, std::move(account->record), std::move(*steps));
    if (!made && made.error().code == Errc::replayed) {
        co_return co_await audited.refuse(Errc::replayed, detail::replay_rule(*state));
    }
    if (made) {
        co_await detail::note_invitation(parts_, *state, id, facts);
    }
    co_return made;
}

}  // namespace cardea::account
