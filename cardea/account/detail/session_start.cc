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
Task<Result<bool>> is_still_linked(const Parts& parts, const session::SessionRecord& session) {
    if (session.identity.is_nil()) {
        co_return true;
    }
    Result<std::vector<FederatedIdentity>> linked = co_await parts.identities.list(session.account);
    if (!linked) {
        co_return propagate(linked);
    }
    co_return std::ranges::count(*linked, session.identity, &FederatedIdentity::id) > 0;
}

/// Whether the account by which the session begins is as it was looked up.
Task<Result<bool>> is_unchanged(
    const Parts& parts, const AccountRecord& before, const session::SessionRecord& session
) {
    Result<AccountRecord> now = co_await load_active_account(parts.accounts, session.account);
    if (!now && (now.error().code == Errc::not_found || now.error().code == Errc::account_disabled)) {
        co_return false;
    }
    if (!now) {
        co_return propagate(now);
    }
    if (now->password_changed_at != before.password_changed_at) {
        co_return false;
    }
    co_return co_await is_still_linked(parts, session);
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
    Result<bool> unchanged = co_await is_unchanged(parts, account, issued->record);
    if (unchanged && *unchanged) {
        co_return issued;
    }
    Result<bool> revoked = co_await parts.sessions.revoke_token(issued->record.token_hash);
    if (!revoked) {
        co_return propagate(revoked);
    }
    if (!unchanged) {
        co_return propagate(unchanged);
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
    if (!issued && issued.error().code == Errc::unauthenticated) {
        co_return co_await audited.refuse(Errc::unauthenticated, audit::Rule::session);
    }
    if (issued && issued->displaced_one) {
        Audited limited(parts, audit::Event::sessions_revoked, std::string(session_limit));
        limited.concerns(account.id);
        co_await limited.note();
    }
    if (issued) {
        audited.concerns(issued->record.id);
    }
    co_return issued;
}

Task<Result<SignedIn>> finish_sign_in(
    const Parts& parts, Audited& audited, Result<SessionPermit> permit, AccountRecord account, SignInEnd end
) {
    session::NewSession session = new_session(end.wish, end.facts, std::move(end.amr));
    session.identity = end.identity;
    session.asking = end.asking;
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
