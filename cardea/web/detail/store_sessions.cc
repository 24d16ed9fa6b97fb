// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/store_sessions.h"

#include "cardea/base/assert.h"
#include "cardea/base/json_writer.h"
#include "cardea/web/detail/credential_refusal.h"
#include "cardea/web/detail/request_access.h"
#include "cardea/web/detail/session_access.h"
#include "cardea/web/route.h"

namespace cardea::web {
namespace {

using detail::RequestAccess;
using detail::SessionAccess;
using detail::SessionChange;

constexpr int update_tries = 4;

}  // namespace

Result<> StoreSessions::start(Setup& setup) {
    if (Result<> started = SessionKeeper::start(setup); !started) {
        return started;
    }
    if (options().max_visitors == 0) {
        return fail(Errc::config, "sessions: max_visitors is 1 or more");
    }
    return sessions_.start(options().store, lifetime(), setup);
}

std::optional<session::Credential> StoreSessions::credential_of(Request& request) const {
    const Result<session::SessionToken> token = session::SessionToken::parse(cookie_value(request));
    if (!token) {
        return std::nullopt;
    }
    return session::Credential{.token_hash = token->hash(), .transport = session::Transport::cookie};
}

bool StoreSessions::prepare_at_once(Request& request) {
    if (request.route().is_anonymous()) {
        return true;
    }
    const std::optional<session::Credential> credential = credential_of(request);
    session::SessionPointer live = credential ? sessions_.service().find_cached(*credential) : nullptr;
    if (credential && live == nullptr) {
        return false;
    }
    RequestAccess::set_session(
        request,
        live ? std::make_unique<Session>(found_session(std::move(live))) : std::make_unique<Session>()
    );
    return true;
}

Task<> StoreSessions::prepare(Request& request) {
    const std::optional<session::Credential> credential = credential_of(request);
    CARDEA_ASSERT(credential.has_value());  // or prepare_at_once() would have been enough
    Result<session::SessionPointer> live = co_await sessions_.service().authenticate(*credential);
    if (!live && !refuses_credential(live.error().code)) {
        RequestAccess::fail_credential(request, live.error());
    }
    RequestAccess::set_session(
        request,
        live ? std::make_unique<Session>(found_session(std::move(*live))) : std::make_unique<Session>()
    );
}

bool StoreSessions::must_commit(const Request& request) const {
    return RequestAccess::find_session(request) != nullptr &&
           SessionAccess::change(*RequestAccess::find_session(request)) != SessionChange::none;
}

Task<Result<>> StoreSessions::commit(Request& request, http::Response& response) {
    Session& session = request.session();
    const session::TokenHash token_hash = SessionAccess::found(session) != nullptr
                                              ? SessionAccess::found(session)->live->record().token_hash
                                              : session::TokenHash();
    switch (SessionAccess::change(session)) {
        case SessionChange::none:
            break;
        case SessionChange::update:
            co_return co_await update(token_hash, session);
        case SessionChange::rotate:
            co_return co_await rotate(session, response);
        case SessionChange::begin:
            co_return co_await begin(request, response);
        case SessionChange::end:
            co_return co_await end(session, response);
    }
    co_return Result<>{};
}

/// By its id: another request may have given the session another token meanwhile.
Task<Result<>> StoreSessions::end(Session& session, http::Response& response) {
    const session::SessionRecord& record = SessionAccess::found(session)->live->record();
    const Result<bool> revoked = co_await sessions_.service().revoke(record.account, record.id, std::nullopt);
    if (!revoked) {
        co_return fail(revoked.error().code, revoked.error().context);
    }
    clear_cookie(response);
    co_return Result<>{};
}

session::NewSession StoreSessions::new_session(Request& request) const {
    const Session& session = request.session();
    session::NewSession wish;
    if (session.user() != nullptr) {
        wish.account = account_of(*session.user());
    } else {
        wish.account = visitors_.account(random());
        wish.limit = visitors_.limit();
    }
    wish.persistence = options().persistence;
    wish.client_address = request.client_address();
    wish.user_agent = request.header("User-Agent");
    wish.data = to_string(SessionAccess::content(session));
    if (SessionAccess::found(session) != nullptr) {
        wish.replaces = session::name_of(SessionAccess::found(session)->live->record());
    }
    return wish;
}

Task<Result<>> StoreSessions::begin(Request& request, http::Response& response) {
    session::NewSession wish = new_session(request);
    Result<session::IssuedSession> issued = co_await sessions_.service().issue(std::move(wish));
    if (!issued) {
        co_return propagate(issued);
    }
    const SecretText token = issued->token.text();
    co_return set_cookie(response, token.expose(), issued->record.created_at);
}

Task<Result<>> StoreSessions::rotate(Session& session, http::Response& response) {
    const session::SessionRecord& record = SessionAccess::found(session)->live->record();
    // First what may fail while the browser still has the token that counts.
    Result<> updated = co_await update(record.token_hash, session);
    if (!updated) {
        co_return updated;
    }
    Result<session::SessionToken> token = co_await sessions_.service().rotate(record.token_hash);
    if (!token) {
        co_return propagate(token);
    }
    const SecretText text = token->text();
    co_return set_cookie(response, text.expose(), record.created_at);
}

/// Writes what changed. Where another request of this session wrote first, its changes stay: ours are made to
/// what it left.
Task<Result<>> StoreSessions::update(session::TokenHash token_hash, Session& session) {
    const Json& loaded = SessionAccess::found(session)->content->json();
    const Json changed = SessionAccess::content(session);
    if (changed == loaded) {
        co_return Result<>{};
    }
    Json wanted = changed;
    std::int64_t version = SessionAccess::found(session)->live->record().version;
    Result<> written;
    for (int tries = 0; tries < update_tries; ++tries) {
        written = co_await sessions_.service().update_data(token_hash, to_string(wanted), version);
        if (written || written.error().code != Errc::conflict) {
            break;
        }
        const session::Credential credential{
            .token_hash = token_hash, .transport = session::Transport::cookie
        };
        Result<session::SessionPointer> live = co_await sessions_.service().authenticate(credential);
        if (!live) {
            co_return propagate(live);
        }
        wanted = merge_changes(loaded, changed, found_session(*live).content->json());
        version = (*live)->record().version;
    }
    // Ended meanwhile, in another tab or by an administrator: it does not come back to life.
    if (!written && written.error().code == Errc::not_found) {
        co_return fail(Errc::unauthenticated, "the session ended during the request");
    }
    co_return written;
}

Task<> StoreSessions::maintain() {
    co_await sessions_.maintain();
}

}  // namespace cardea::web
