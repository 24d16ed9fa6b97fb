// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/audited.h"
#include "cardea/account/detail/step_up.h"
#include "cardea/account/service.h"

namespace cardea::account {

using audit::Event;
using audit::Rule;
using detail::Audited;

AccountService::AccountService(Parts parts, AccountPolicy policy) : parts_(parts), policy_(policy) {}

flow::FlowState AccountService::begin(flow::Beginning beginning) const {
    return parts_.flows.begin(std::move(beginning));
}

bool AccountService::needs_step_up(const session::SessionRecord& session) const noexcept {
    return detail::needs_step_up(parts_, policy_, session);
}

Task<Result<>> AccountService::sign_out(session::SessionRecord session, RequestFacts facts) {
    Audited audited(parts_, Event::signed_out, facts);
    audited.concerns(session.account);
    Result<bool> ended = co_await parts_.sessions.revoke_token(session.token_hash);
    if (!ended) {
        co_return propagate(ended);
    }
    co_await audited.note();
    co_return Result<>();
}

Task<Result<>> AccountService::revoke_session(
    session::SessionRecord session, SessionId target, RequestFacts facts
) {
    Audited audited(parts_, Event::session_revoked, facts);
    audited.concerns(session.account);
    Result<bool> ended = co_await parts_.sessions.revoke(session.account, target, session.id);
    if (!ended) {
        co_return co_await audited.refuse_change(ended.error().code);
    }
    if (!*ended) {
        co_return fail(Errc::not_found, "session");
    }
    co_return co_await audited.record();
}

Task<Result<std::size_t>> AccountService::revoke_other_sessions(
    session::SessionRecord session, RequestFacts facts
) {
    Audited audited(parts_, Event::sessions_revoked, facts);
    audited.concerns(session.account);
    if (needs_step_up(session)) {
        co_return co_await audited.refuse(Errc::step_up_required, Rule::step_up);
    }
    Result<std::size_t> ended = co_await parts_.sessions.revoke_others(name_of(session));
    if (!ended) {
        co_return co_await audited.refuse_change(ended.error().code);
    }
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    co_return ended;
}

}  // namespace cardea::account
