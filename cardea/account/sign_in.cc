// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/audited.h"
#include "cardea/account/detail/login_name.h"
#include "cardea/account/detail/password_proof.h"
#include "cardea/account/identity.h"
#include "cardea/account/service.h"

namespace cardea::account {
namespace {

using audit::Event;
using audit::Rule;
using detail::Audited;
using detail::LoginName;

/// Who the audit log says ended the sessions past the limit.
constexpr std::string_view session_limit = "session limit";

/// What a person types as a user name may be their password in the wrong field, so it is kept out of the log
/// unless it is an address.
void note_subject(Audited& audited, const LoginName& name, const std::optional<AccountRecord>& account) {
    if (account) {
        audited.concerns(account->id);
    } else if (name.kind == LoginName::Kind::email) {
        audited.concerns(name.key);
    }
}

session::NewSession new_session(const SessionWish& wish, const RequestFacts& facts) {
    session::NewSession session;
    session.transport = wish.transport;
    session.persistence = wish.persistence;
    session.amr = "pwd";
    session.client_address = facts.client_address;
    session.user_agent = facts.user_agent;
    session.replaces = wish.replaces;
    return session;
}

}  // namespace

Task<Result<AccountRecord>> AccountService::authenticate(
    detail::Audited& audited, Credentials credentials, const DeviceCookie& device
) {
    const LoginName name = detail::parse_login_name(credentials.name);
    Result<std::optional<AccountRecord>> found = co_await detail::find_account(parts_.accounts, name);
    if (!found) {
        co_return propagate(found);
    }
    note_subject(audited, name, *found);
    const std::optional<KnownCaller> caller = parts_.guard.known_caller(device, *found);
    detail::Attempt attempt{std::move(*found), name.key, std::move(credentials.password), caller};
    co_return co_await detail::prove_password(parts_, audited, std::move(attempt));
}

Task<Result<SignedIn>> AccountService::sign_in(
    Credentials credentials, SessionWish wish, RequestFacts facts, std::optional<flow::FlowState> flow
) {
    Audited audited(parts_, Event::signed_in, facts);
    if (const std::optional<TryRefusal> refusal = parts_.guard.refuse_address(facts.client_address)) {
        co_return co_await audited.refuse(Errc::rate_limited, refusal->rule, refusal->wait);
    }
    DeviceCookie device = parts_.guard.open_device(facts.device_cookie);
    Result<AccountRecord> account = co_await authenticate(audited, std::move(credentials), device);
    if (!account) {
        co_return propagate(account);
    }

    const flow::FlowState state = flow ? std::move(*flow) : parts_.flows.begin({.flow = flow::Flow::sign_in});
    Result<SessionPermit> permit =
        parts_.flows.take_last_step<flow::Flow::sign_in>(state, flow::Step::password, account->id);
    Result<session::IssuedSession> issued =
        co_await begin_session(audited, std::move(permit), *account, new_session(wish, facts));
    if (!issued) {
        co_return propagate(issued);
    }
    device.add(account->id, parts_.clock.now());
    co_await audited.note();
    const std::string device_cookie = parts_.guard.seal_device(device);
    SignedIn signed_in{std::move(*account), std::move(*issued), device_cookie, state.next()};
    co_return signed_in;
}

Task<Result<session::IssuedSession>> AccountService::begin_session(
    detail::Audited& audited,
    Result<SessionPermit> permit,
    const AccountRecord& account,
    session::NewSession session
) {
    if (!permit) {
        co_return co_await audited.refuse(permit.error().code, Rule::flow_state);
    }
    Result<session::IssuedSession> issued = co_await issue(*permit, account, std::move(session));
    if (!issued && issued.error().code == Errc::replayed) {
        co_return co_await audited.refuse(Errc::replayed, Rule::flow_state);
    }
    if (issued && issued->displaced_one) {
        Audited limited(parts_, Event::sessions_revoked, std::string(session_limit));
        limited.concerns(account.id);
        co_await limited.note();
    }
    co_return issued;
}

Task<Result<session::IssuedSession>> AccountService::issue(
    SessionPermit permit, const AccountRecord& account, session::NewSession session
) {
    session.account = permit.account();
    session.consumes = permit.use();
    Result<session::IssuedSession> issued = co_await parts_.sessions.issue(std::move(session));
    if (!issued) {
        co_return issued;
    }
    // A change of password, or disabling, that came between the look-up and the session ended the sessions it
    // saw; this one it may not have seen.
    const Result<AccountRecord> now = co_await load_active_account(parts_.accounts, permit.account());
    if (now && now->password_changed_at == account.password_changed_at) {
        co_return issued;
    }
    Result<bool> revoked = co_await parts_.sessions.revoke_token(issued->record.token_hash);
    if (!revoked) {
        co_return propagate(revoked);
    }
    co_return fail(Errc::credentials_wrong, "the account changed meanwhile");
}

}  // namespace cardea::account
