// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/service.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cardea::session {

namespace {

constexpr int authenticate_tries = 4;

/// Whoever comes back to a page that stood open is refused by the clock that ended the session, and not as
/// somebody unknown.
constexpr Duration known_after_end = std::chrono::hours(1);

/// At most `limit` bytes, never half a UTF-8 character.
std::string cut(std::string text, std::size_t limit) {
    if (text.size() <= limit) {
        return text;
    }
    const auto continues = [&](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    };
    while (limit > 0 && continues(limit)) {
        --limit;
    }
    text.resize(limit);
    return text;
}

Result<> check_data(const std::string& data) {
    const Result<Json> json = parse_data(data);
    return json ? Result<>() : Result<>(std::unexpected(json.error()));
}

/// The record, if its session may be used now.
Result<SessionRecord> accept(std::optional<SessionRecord> found, Transport transport, Time now) {
    if (!found) {
        return fail(Errc::unauthenticated, "no such session");
    }
    if (found->transport != transport) {
        return fail(Errc::unauthenticated, "session token by the wrong transport");
    }
    const Liveness liveness = decide(*found, now);
    if (liveness != Liveness::live) {
        return fail(Errc::expired, std::string(name(liveness)));
    }
    return std::move(*found);
}

SessionRecord make_record(NewSession wish, SessionId id, const Lifetime& lifetime, Time now) {
    SessionRecord record;
    record.id = id;
    record.account = wish.account;
    record.transport = wish.transport;
    record.persistence = wish.persistence;
    record.created_at = now;
    record.last_seen_at = now;
    record.idle = lifetime.idle;
    record.expires_at = now + lifetime.absolute;
    record.amr = std::move(wish.amr);
    record.identity = wish.identity;
    record.client_address = std::move(wish.client_address);
    record.user_agent = cut(std::move(wish.user_agent), max_user_agent_bytes);
    record.data = std::move(wish.data);
    return record;
}

}  // namespace

SessionService::SessionService(Parts parts, SessionOptions options)
    : store_(parts.store),
      subjects_(parts.subjects),
      clock_(parts.clock),
      random_(parts.random),
      policy_(options.policy),
      cache_(options.cache) {}

Task<Result<SessionPointer>> SessionService::authenticate(Credential credential) {
    // A drop between the reading and the keeping means that what was read may be gone: then it is read again.
    for (int tries = 0; tries < authenticate_tries; ++tries) {
        if (SessionPointer known = find_cached(credential)) {
            co_return known;
        }
        const std::uint64_t noted = cache_.begin_fill();
        Result<std::optional<SessionRecord>> found = co_await store_.find(credential.token_hash);
        if (!found) {
            co_return propagate(found);
        }
        std::optional<SessionRecord> row = std::move(*found);
        if (row) {
            cache_.update_last_seen(*row);
        }
        Result<SessionRecord> record = accept(std::move(row), credential.transport, clock_.now());
        if (!record) {
            co_return propagate(record);
        }
        Result<std::shared_ptr<const Subject>> subject = co_await subjects_.load(*record);
        if (!subject) {
            co_return propagate(subject);
        }
        SessionPointer session =
            cache_.finish_fill(noted, std::move(*record), std::move(*subject), clock_.now());
        if (session) {
            co_return session;
        }
    }
    co_return fail(Errc::busy, "session changes while it is read");
}

Task<Result<IssuedSession>> SessionService::issue(NewSession wish) {
    Result<> accepted = check_data(wish.data);
    if (!accepted) {
        co_return propagate(accepted);
    }
    const Insertion also{
        .asking = wish.asking, .replaces = wish.replaces, .consumes = wish.consumes, .limit = wish.limit
    };
    const Lifetime lifetime = policy_.lifetime(wish.persistence);
    SessionToken token = SessionToken::make(random_);
    SessionRecord record = make_record(std::move(wish), SessionId::make(random_), lifetime, clock_.now());
    record.token_hash = token.hash();
    Result<std::optional<TokenHash>> displaced = co_await store_.insert(record, also);
    if (also.replaces) {
        cache_.drop(also.replaces->account);  // by what its token is now, if another request changed it
    }
    if (!displaced) {
        cache_.drop(record.account);  // which session ended, if any, nobody knows
        co_return propagate(displaced);
    }
    if (const std::optional<TokenHash>& ended = *displaced) {
        cache_.drop(*ended);
    }
    co_return IssuedSession{std::move(token), std::move(record), displaced->has_value()};
}

// The cache drops whatever the store answered: after a failure nobody knows whether the row is still there.

Task<Result<SessionToken>> SessionService::rotate(TokenHash token_hash) {
    SessionToken token = SessionToken::make(random_);
    Result<bool> rotated = co_await store_.rotate(token_hash, token.hash());
    cache_.drop(token_hash);
    if (!rotated) {
        co_return propagate(rotated);
    }
    if (!*rotated) {
        co_return fail(Errc::unauthenticated, "no such session");
    }
    // What is known of the last use is known by the old token. A failure only costs idle time.
    std::vector<Touch> uses{Touch{token.hash(), clock_.now()}};
    std::ignore = co_await store_.touch(std::move(uses));
    co_return token;
}

Task<Result<bool>> SessionService::revoke(
    AccountId account, SessionId session, std::optional<SessionId> asking
) {
    Result<bool> removed = co_await store_.remove(account, session, asking);
    cache_.drop(account);
    co_return removed;
}

Task<Result<bool>> SessionService::revoke_token(TokenHash token_hash) {
    Result<bool> removed = co_await store_.remove_token(token_hash);
    cache_.drop(token_hash);
    co_return removed;
}

Task<Result<std::size_t>> SessionService::revoke_all(AccountId account, std::optional<SessionId> except) {
    Result<std::size_t> removed = co_await store_.remove_all(account, except);
    cache_.drop(account);
    co_return removed;
}

Task<Result<std::size_t>> SessionService::revoke_others(SessionName asking) {
    Result<std::size_t> removed = co_await store_.remove_others(asking);
    cache_.drop(asking.account);
    co_return removed;
}

Task<Result<std::vector<SessionRecord>>> SessionService::list(AccountId account) {
    Result<std::vector<SessionRecord>> sessions = co_await store_.list(account);
    if (sessions) {
        const Time now = clock_.now();
        std::erase_if(*sessions, [&](SessionRecord& record) {
            cache_.update_last_seen(record);
            return decide(record, now) != Liveness::live;
        });
    }
    co_return sessions;
}

Task<Result<>> SessionService::update_data(
    TokenHash token_hash, std::string data, std::int64_t expected_version
) {
    Result<> accepted = check_data(data);
    if (!accepted) {
        co_return accepted;
    }
    Result<> written = co_await store_.update_data(token_hash, std::move(data), expected_version);
    cache_.drop(token_hash);
    co_return written;
}

Task<Result<>> SessionService::flush_last_seen() {
    std::vector<Touch> touches = cache_.take_touches();
    if (touches.empty()) {
        co_return Result<>{};
    }
    const std::vector<Touch> written = touches;
    Result<> stored = co_await store_.touch(std::move(touches));
    // What a Subject was made from has moved on: the next request makes it anew, once a minute at most.
    for (const Touch& touch : written) {
        cache_.drop(touch.token_hash);
    }
    co_return stored;
}

Task<Result<std::size_t>> SessionService::sweep(std::size_t limit) {
    const Time ended_before = clock_.now() - known_after_end;
    co_return co_await store_.purge_expired(ended_before, limit);
}

}  // namespace cardea::session
