// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"
#include "cardea/session/cache.h"
#include "cardea/session/data.h"
#include "cardea/session/policy.h"
#include "cardea/session/store.h"
#include "cardea/session/subject.h"
#include "cardea/session/token.h"

#include <optional>
#include <string>
#include <vector>

namespace cardea::session {

/// What a sign-in asks for.
struct NewSession {
    AccountId account;
    Transport transport = Transport::cookie;
    Persistence persistence = Persistence::browser_session;
    std::string amr;
    FederatedIdentityId identity;  ///< nil unless a person at a provider is signed in by it
    std::string client_address;
    std::string user_agent;
    std::optional<SessionName>
        replaces;                       ///< the session that the request came with: a sign-in over it ends it
    std::optional<SessionName> asking;  ///< the session that goes on in this one: none begins when it is gone
    std::optional<OneTimeUse> consumes;  ///< what entitles to it: consumed in the transaction that begins it
    std::string data = "{}";
    std::size_t limit = max_sessions_per_account;  ///< of sessions that the account has at a time
};

/// A session that begins, and the only copy of its token.
struct IssuedSession {
    SessionToken token;
    SessionRecord record;
    bool displaced_one = false;  ///< an older session ended because the account had too many
};

/// How long `NewSession::user_agent` may be: it is cut. (`data` that parse_data() does not read is refused.)
inline constexpr std::size_t max_user_agent_bytes = 512;

/// How long sessions live, and how many of them are kept at hand.
struct SessionOptions {
    SessionPolicy policy;
    CacheLimits cache;
};

/// Issues, checks, rotates, lists and ends sessions. Every change is in the store first, then in the cache,
/// then the caller is answered. Thread-safe; what is passed to the constructor outlives it.
class SessionService {
 public:
    /// What it works with.
    struct Parts {
        SessionStore& store;
        SubjectLoader& subjects;
        const Clock& clock;
        Random& random;
    };

    SessionService(Parts parts, SessionOptions options);

    /// The session if it is in the cache and valid; null means "await authenticate()". Never waits.
    [[nodiscard]] SessionPointer find_cached(const Credential& credential) {
        return cache_.find(credential, clock_.now());
    }

    /// The session that the credential stands for. Errc::unauthenticated when there is none or when it came
    /// by the wrong transport, Errc::expired when it ended, with name(Liveness) as its context, what
    /// SubjectLoader refuses with, and Errc::busy when the store and the cache changed under every try.
    [[nodiscard]] Task<Result<SessionPointer>> authenticate(Credential credential);

    /// Begins a session and ends the one it replaces; past the limit of the account, the one that was not
    /// seen for the longest time too. Errc::unauthenticated when the session that asks is gone,
    /// Errc::replayed when what entitles to it was consumed before.
    [[nodiscard]] Task<Result<IssuedSession>> issue(NewSession wish);

    /// Gives the session that asks a new token; the old one is worth nothing from then on. Id, data and the
    /// absolute end stay; it counts as used now. Errc::unauthenticated when the session is gone.
    [[nodiscard]] Task<Result<SessionToken>> rotate(TokenHash token_hash);

    /// Ends one session of an account; false when there was none. With the session by which its person asks,
    /// Errc::unauthenticated when that is gone; nothing when an operator or a program asks.
    [[nodiscard]] Task<Result<bool>> revoke(
        AccountId account, SessionId session, std::optional<SessionId> asking
    );
    /// Ends the session with that token; false when there was none.
    [[nodiscard]] Task<Result<bool>> revoke_token(TokenHash token_hash);
    /// Ends all sessions of an account but `except`; their number.
    [[nodiscard]] Task<Result<std::size_t>> revoke_all(AccountId account, std::optional<SessionId> except);
    /// Ends all other sessions of the account of the session by which its person asks; their number.
    /// Errc::unauthenticated when that is gone: then none ends.
    [[nodiscard]] Task<Result<std::size_t>> revoke_others(SessionName asking);

    /// Forgets what the cache knows of an account, when the account has changed in its store: the next
    /// request loads its Subject anew.
    void drop_cached(AccountId account) noexcept { cache_.drop(account); }
    /// The same for everything, when somebody else changed the store.
    void drop_cached() noexcept { cache_.drop_all(); }

    /// The live sessions of an account, newest first.
    [[nodiscard]] Task<Result<std::vector<SessionRecord>>> list(AccountId account);

    /// Replaces the application's data. Errc::conflict when it is not at `expected_version` any more,
    /// Errc::not_found when the session is gone, Errc::too_large, and Errc::malformed unless it is a JSON
    /// object.
    [[nodiscard]] Task<Result<>> update_data(
        TokenHash token_hash, std::string data, std::int64_t expected_version
    );

    /// For the caller's timers: writes when sessions were last seen, in one batch (every minute or so).
    [[nodiscard]] Task<Result<>> flush_last_seen();
    /// For the caller's timers: removes at most `limit` sessions that ended an hour ago or more; their
    /// number.
    [[nodiscard]] Task<Result<std::size_t>> sweep(std::size_t limit);

 private:
    SessionStore& store_;
    SubjectLoader& subjects_;
    const Clock& clock_;
    Random& random_;
    SessionPolicy policy_;
    SessionCache cache_;
};

}  // namespace cardea::session
