// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/finish_step.h"
#include "cardea/account/detail/new_account.h"
#include "cardea/account/detail/password_proof.h"
#include "cardea/account/detail/session_renewal.h"
#include "cardea/account/detail/session_start.h"
#include "cardea/account/identity.h"
#include "cardea/account/password_desk.h"
#include "cardea/account/service.h"

namespace cardea::account {
namespace {

using audit::Event;
using detail::Audited;
using flow::Flow;
using flow::FlowState;
using flow::Step;

/// The same session with a sign-in of now.
session::NewSession renewed(session::SessionRecord session, const RequestFacts& facts) {
    session::NewSession renewed;
    renewed.transport = session.transport;
    renewed.persistence = session.persistence;
    renewed.amr = std::move(session.amr);
    renewed.identity = session.identity;
    renewed.client_address = facts.client_address;
    renewed.user_agent = facts.user_agent;
    renewed.replaces = session::name_of(session);
    renewed.asking = renewed.replaces;  // one that was ended meanwhile does not come back
    renewed.data = std::move(session.data);
    return renewed;
}

/// What the holder of a session says to prove that it is them. A session is a known device: nobody outside
/// can lock its holder out of their own settings.
detail::Attempt attempt_of(
    const session::SessionRecord& session, AccountRecord account, SecretText password
) {
    return {std::move(account), {}, std::move(password), KnownCaller(session.id)};
}

}  // namespace

Task<Result<std::optional<session::SessionToken>>> AccountService::change_password(
    session::SessionRecord session, PasswordChange change, RequestFacts facts
) {
    Audited audited(parts_, Event::password_changed, facts);
    audited.concerns(session.account);
    Result<AccountRecord> account = co_await load_active_account(parts_.accounts, session.account);
    if (!account) {
        co_return propagate(account);
    }
    // First: what nobody may choose costs no hash.
    Result<password::Password> chosen = detail::parse_new_password(parts_, *account, change.replacement);
    if (!chosen) {
        co_return co_await detail::refuse_choice(audited, chosen.error());
    }
    detail::Attempt attempt = attempt_of(session, std::move(*account), std::move(change.current));
    account = co_await detail::prove_password_from(parts_, audited, std::move(attempt), facts.client_address);
    if (!account) {
        co_return propagate(account);
    }
    Result<std::string> hash = co_await parts_.passwords.hash(std::move(*chosen), account->id);
    if (!hash) {
        co_return co_await detail::refuse_choice(audited, hash.error());
    }
    Result<PasswordChangeProof> proof = co_await finish_password_change(audited, account->id);
    if (!proof) {
        co_return propagate(proof);
    }

    account->password_hash = std::move(*hash);
    co_return co_await apply_password_change(audited, std::move(*proof), std::move(*account), session);
}

Task<Result<AccountService::PasswordChangeProof>> AccountService::finish_password_change(
    detail::Audited& audited, AccountId account
) {
    FlowState state = parts_.flows.begin({.flow = Flow::password_change, .account = account});
    Result<FlowState> proven =
        co_await detail::finish_step(parts_, audited, std::move(state), Step::password, account);
    if (!proven) {
        co_return propagate(proven);
    }
    Result<FlowState> finished =
        co_await detail::finish_step(parts_, audited, std::move(*proven), Step::new_password, account);
    if (!finished) {
        co_return propagate(finished);
    }
    co_return flow::FlowEngine::complete<Flow::password_change>(*finished);
}

Task<Result<std::optional<session::SessionToken>>> AccountService::apply_password_change(
    detail::Audited& audited, PasswordChangeProof proof, AccountRecord account, session::SessionRecord session
) {
    // The row comes first: a crash may leave a row of a change that did not come to pass, never a change
    // without its row.
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    // Before the change too: where it is cut short, whoever knew the old password is out all the same.
    Result<std::size_t> ended_before = co_await parts_.sessions.revoke_others(name_of(session));
    if (!ended_before) {
        co_return co_await audited.refuse_change(ended_before.error().code);
    }
    account.password_changed_at = parts_.clock.now();
    Result<> updated = co_await parts_.accounts.update(account, account.version, session.id);
    if (!updated) {
        co_return co_await audited.refuse_change(updated.error().code);
    }
    Result<std::size_t> ended = co_await parts_.sessions.revoke_all(proof.account(), session.id);
    if (!ended) {
        co_return propagate(ended);
    }
    co_return co_await detail::renew_token(parts_, session.token_hash);
}

Task<Result<session::IssuedSession>> AccountService::confirm_password(
    session::SessionRecord session, SecretText password, RequestFacts facts
) {
    Audited audited(parts_, Event::password_confirmed, facts);
    audited.concerns(session.account);
    Result<AccountRecord> account = co_await load_active_account(parts_.accounts, session.account);
    if (!account) {
        co_return propagate(account);
    }
    detail::Attempt attempt = attempt_of(session, std::move(*account), std::move(password));
    account = co_await detail::prove_password_from(parts_, audited, std::move(attempt), facts.client_address);
    if (!account) {
        co_return propagate(account);
    }
    const FlowState state = parts_.flows.begin({.flow = Flow::step_up, .account = account->id});
    Result<detail::SessionPermit> permit =
        parts_.flows.take_last_step<Flow::step_up>(state, Step::password, account->id);
    session::NewSession again = renewed(std::move(session), facts);
    Result<session::IssuedSession> issued =
        co_await detail::begin_session(parts_, audited, std::move(permit), *account, std::move(again));
    if (!issued) {
        co_return propagate(issued);
    }
    co_await audited.note();
    co_return issued;
}

}  // namespace cardea::account
