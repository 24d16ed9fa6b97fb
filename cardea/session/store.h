// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/one_time.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"
#include "cardea/session/policy.h"
#include "cardea/session/record.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cardea::session {

/// A session's place in time, for the batched "last seen" writes.
struct Touch {
    TokenHash token_hash{};
    Time last_seen_at;
};

/// What else the insert of a session does, in the same transaction.
struct Insertion {
    std::optional<SessionName> asking;             ///< by which its person asks: it has to be there
    std::optional<SessionName> replaces;           ///< ends this session: rotation at sign-in
    std::optional<OneTimeUse> consumes;            ///< what entitles to the session, good for this one only
    std::size_t limit = max_sessions_per_account;  ///< of sessions that one account has at a time
};

/// Where sessions are kept. Every method is one atomic intent, answered only after it is durable, and fails
/// with Errc::store_unavailable when the store cannot do it now. Expiry is decided above: a store returns
/// rows as they are. Thread-safe. Implementations live in stores/ and pass
/// tests/conformance/session_store.cc.
class SessionStore {
 public:
    virtual ~SessionStore() = default;

    /// Adds a session and does what `also` asks for, all or nothing. Where the account then has one too many,
    /// the session ends that was not seen for the longest time, never the new one; its token is returned.
    /// Errc::unauthenticated when the session that asks is gone, Errc::replayed when the one-time value was
    /// consumed before, Errc::conflict when the id or the hash exists.
    virtual Task<Result<std::optional<TokenHash>>> insert(SessionRecord record, Insertion also) = 0;

    /// The session with that token.
    virtual Task<Result<std::optional<SessionRecord>>> find(TokenHash token_hash) = 0;

    /// All sessions of the account, newest first.
    virtual Task<Result<std::vector<SessionRecord>>> list(AccountId account) = 0;

    /// Removes one session of that account; false when there is none. With another session of the account, by
    /// which its person asks: Errc::unauthenticated when that is gone.
    virtual Task<Result<bool>> remove(
        AccountId account, SessionId session, std::optional<SessionId> asking
    ) = 0;

    /// Removes the session with that token; false when there is none.
    virtual Task<Result<bool>> remove_token(TokenHash token_hash) = 0;

    /// Removes all sessions of the account but one; the number removed.
    virtual Task<Result<std::size_t>> remove_all(AccountId account, std::optional<SessionId> except) = 0;

    /// Removes all other sessions of the account of the session that asks; the number removed.
    /// Errc::unauthenticated when that is gone.
    virtual Task<Result<std::size_t>> remove_others(SessionName asking) = 0;

    /// Gives the session another token; everything else stays. False when there is none with `from`,
    /// Errc::conflict when `to` exists.
    virtual Task<Result<bool>> rotate(TokenHash from, TokenHash to) = 0;

    /// Writes `data` if the row still has `expected_version`; Errc::conflict when it has not, Errc::not_found
    /// when the session is gone.
    virtual Task<Result<>> update_data(
        TokenHash token_hash, std::string data, std::int64_t expected_version
    ) = 0;

    /// Moves `last_seen_at` forward, never back; rows that are gone are passed over.
    virtual Task<Result<>> touch(std::vector<Touch> touches) = 0;

    /// Removes at most `limit` sessions that ended before `now`; the number removed.
    virtual Task<Result<std::size_t>> purge_expired(Time now, std::size_t limit) = 0;
};

}  // namespace cardea::session
