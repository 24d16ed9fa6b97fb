// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/audited.h"
#include "cardea/account/detail/step_up.h"
#include "cardea/account/service.h"

#include <algorithm>

namespace cardea::account {

using audit::Event;
using audit::Rule;
using detail::Audited;

namespace {

constexpr ratelimit::Limit new_keys_per_account{.count = 60, .period = std::chrono::minutes(1)};
constexpr std::size_t remembered_accounts = 4'096;

bool has_session(const std::vector<session::SessionRecord>& sessions, SessionId id) {
    return std::ranges::count(sessions, id, &session::SessionRecord::id) > 0;
}

}  // namespace

AccountService::AccountService(Parts parts, AccountPolicy policy)
    : parts_(parts),
      policy_(std::move(policy)),
      new_keys_(parts.random.secret<16>(), ratelimit::Quota(new_keys_per_account), remembered_accounts) {}

flow::FlowState AccountService::begin(flow::Beginning beginning) const {
    return parts_.flows.begin(std::move(beginning));
}

bool AccountService::needs_step_up(const session::SessionRecord& session) const noexcept {
    return detail::needs_step_up(parts_, policy_, session);
}

Task<Result<>> AccountService::sign_out(session::SessionRecord session, RequestFacts facts) {
    Audited audited(parts_, Event::signed_out, facts);
    audited.concerns(session.account);
    audited.concerns(session.id);
    // By its id: another request may have given the session another token meanwhile.
    Result<bool> ended = co_await parts_.sessions.revoke(session.account, session.id, std::nullopt);
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
    audited.concerns(target);
    Result<std::vector<session::SessionRecord>> sessions = co_await parts_.sessions.list(session.account);
    if (!sessions) {
        co_return propagate(sessions);
    }
    if (!has_session(*sessions, target)) {
        co_return fail(Errc::not_found, "session");
    }
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return recorded;
    }
    Result<bool> ended = co_await parts_.sessions.revoke(session.account, target, session.id);
    if (!ended) {
        co_return co_await audited.refuse_change(ended.error().code);
    }
    if (!*ended) {
        co_return fail(Errc::not_found, "session");
    }
    co_return Result<>();
}

Task<Result<std::size_t>> AccountService::revoke_other_sessions(
    session::SessionRecord session, RequestFacts facts
) {
    Audited audited(parts_, Event::sessions_revoked, facts);
    audited.concerns(session.account);
    if (needs_step_up(session)) {
        co_return co_await audited.refuse(Errc::step_up_required, Rule::step_up);
    }
    Result<std::vector<session::SessionRecord>> sessions = co_await parts_.sessions.list(session.account);
    if (!sessions) {
        co_return propagate(sessions);
    }
    if (sessions->size() == 1 && has_session(*sessions, session.id)) {
        co_return std::size_t{0};
    }
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    Result<std::size_t> ended = co_await parts_.sessions.revoke_others(name_of(session));
    if (!ended) {
        co_return co_await audited.refuse_change(ended.error().code);
    }
    co_return ended;
}

}  // namespace cardea::account
