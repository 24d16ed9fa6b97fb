// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/session_start.h"

#include "cardea/account/guess_guard.h"
#include "cardea/account/identity.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cardea::account::detail {
namespace {

/// Who the audit log says ended the sessions past the limit.
constexpr std::string_view session_limit = "session limit";

/// Whether the identity by which the session came is linked to its account; true for every other way.
Task<bool> is_still_linked(const Parts& parts, const session::SessionRecord& session) {
    if (session.identity.is_nil()) {
        co_return true;
    }
    const Result<std::vector<FederatedIdentity>> linked = co_await parts.identities.list(session.account);
    co_return linked&& std::ranges::count(*linked, session.identity, &FederatedIdentity::id) > 0;
}

Task<Result<session::IssuedSession>> issue(
    const Parts& parts, SessionPermit permit, const AccountRecord& account, session::NewSession session
) {
    session.account = permit.account();
    session.consumes = permit.use();
    Result<session::IssuedSession> issued = co_await parts.sessions.issue(std::move(session));
    if (!issued) {
        co_return issued;
    }
    // A change of password, disabling, or unlinking, that came between the look-up and the session ended the
    // sessions it saw; this one it may not have seen.
    const Result<AccountRecord> now = co_await load_active_account(parts.accounts, permit.account());
    const bool is_linked = co_await is_still_linked(parts, issued->record);
    if (is_linked && now && now->password_changed_at == account.password_changed_at) {
        co_return issued;
    }
    Result<bool> revoked = co_await parts.sessions.revoke_token(issued->record.token_hash);
    if (!revoked) {
        co_return propagate(revoked);
    }
    co_return fail(Errc::credentials_wrong, "the account changed meanwhile");
}

}  // namespace

session::NewSession new_session(const SessionWish& wish, const RequestFacts& facts, std::string amr) {
    session::NewSession session;
    session.transport = wish.transport;
    session.persistence = wish.persistence;
    session.amr = std::move(amr);
    session.client_address = facts.client_address;
    session.user_agent = facts.user_agent;
    session.replaces = wish.replaces;
    session.data = wish.data;
    return session;
}

Task<Result<session::IssuedSession>> begin_session(
    const Parts& parts,
    Audited& audited,
    Result<SessionPermit> permit,
    const AccountRecord& account,
    session::NewSession session
) {
    if (!permit) {
        co_return co_await audited.refuse(permit.error().code, audit::Rule::flow_state);
    }
    Result<session::IssuedSession> issued = co_await issue(parts, *permit, account, std::move(session));
    if (!issued && issued.error().code == Errc::replayed) {
        co_return co_await audited.refuse(Errc::replayed, audit::Rule::flow_state);
    }
    if (issued && issued->displaced_one) {
        Audited limited(parts, audit::Event::sessions_revoked, std::string(session_limit));
        limited.concerns(account.id);
        co_await limited.note();
    }
    co_return issued;
}

Task<Result<SignedIn>> finish_sign_in(
    const Parts& parts, Audited& audited, Result<SessionPermit> permit, AccountRecord account, SignInEnd end
) {
    session::NewSession session = new_session(end.wish, end.facts, std::move(end.amr));
    session.identity = end.identity;
    Result<session::IssuedSession> issued =
        co_await begin_session(parts, audited, std::move(permit), account, std::move(session));
    if (!issued) {
        co_return propagate(issued);
    }
    DeviceCookie device = parts.guard.open_device(end.facts.device_cookie);
    device.add(account.id, parts.clock.now());
    co_await audited.note();
    const std::string device_cookie = parts.guard.seal_device(device);
    SignedIn signed_in{std::move(account), std::move(*issued), device_cookie, std::move(end.next)};
    co_return signed_in;
}

}  // namespace cardea::account::detail
