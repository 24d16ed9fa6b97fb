// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/memory_session_store.h"

#include "cardea/session/policy.h"

#include <algorithm>

namespace cardea::stores {

using session::Insertion;
using session::SessionName;
using session::SessionRecord;
using session::TokenHash;
using session::Touch;

namespace {

std::pair<Time, SessionId> end_of(const SessionRecord& record) {
    return {session::ends_at(record, record.last_seen_at), record.id};
}

}  // namespace

// Every record stands in all four maps, or in none: these two see to it.

void MemorySessionStore::add(SessionRecord record) {
    by_token_.emplace(record.token_hash, record.id);
    by_account_[record.account].insert(order_of(record));
    by_end_.insert(end_of(record));
    const SessionId id = record.id;
    sessions_.emplace(id, std::move(record));
}

void MemorySessionStore::erase(SessionId id) {
    const SessionRecord& record = sessions_.at(id);
    by_token_.erase(record.token_hash);
    by_end_.erase(end_of(record));
    const auto account = by_account_.find(record.account);
    account->second.erase(order_of(record));
    if (account->second.empty()) {
        by_account_.erase(account);
    }
    sessions_.erase(id);
}

bool MemorySessionStore::is_there(const SessionName& name) const {
    const auto found = sessions_.find(name.id);
    return found != sessions_.end() && found->second.account == name.account;
}

bool MemorySessionStore::remove_now(const SessionName& name) {
    const bool was_there = is_there(name);
    if (was_there) {
        erase(name.id);
    }
    return was_there;
}

SessionRecord* MemorySessionStore::find_token(const TokenHash& token_hash) {
    const auto found = by_token_.find(token_hash);
    return found != by_token_.end() ? &sessions_.at(found->second) : nullptr;
}

std::vector<SessionId> MemorySessionStore::ids_of(AccountId account) const {
    std::vector<SessionId> ids;
    if (const auto found = by_account_.find(account); found != by_account_.end()) {
        for (const auto& [seen, created, id] : found->second) {
            ids.push_back(id);
        }
    }
    return ids;
}

Task<Result<std::optional<TokenHash>>> MemorySessionStore::insert(SessionRecord record, Insertion also) {
    const std::lock_guard lock(mutex_);
    if (sessions_.contains(record.id) || by_token_.contains(record.token_hash)) {
        co_return fail(Errc::conflict, "session");
    }
    if (also.asking && !is_there(*also.asking)) {
        co_return fail(Errc::unauthenticated, "session");
    }
    if (also.consumes && !one_time_.consume_now(*also.consumes)) {
        co_return fail(Errc::replayed, "one-time value");
    }
    if (also.replaces) {
        remove_now(*also.replaces);
    }
    const SessionId id = record.id;
    add(std::move(record));
    co_return remove_past_limit(sessions_.at(id), also.limit);
}

std::optional<TokenHash> MemorySessionStore::remove_past_limit(
    const SessionRecord& inserted, std::size_t limit
) {
    const std::vector<SessionId> sessions = ids_of(inserted.account);  // the longest unseen first
    if (sessions.size() <= limit) {
        return std::nullopt;
    }
    const auto has_ended = [&](SessionId id) {
        return end_of(sessions_.at(id)).first <= inserted.created_at;
    };
    const auto is_other = [&](SessionId id) { return id != inserted.id; };
    auto found = std::ranges::find_if(sessions, [&](SessionId id) { return is_other(id) && has_ended(id); });
    if (found == sessions.end()) {
        found = std::ranges::find_if(sessions, is_other);
    }
    const TokenHash token_hash = sessions_.at(*found).token_hash;
    erase(*found);
    return token_hash;
}

Task<Result<std::optional<SessionRecord>>> MemorySessionStore::find(TokenHash token_hash) {
    const std::lock_guard lock(mutex_);
    const SessionRecord* found = find_token(token_hash);
    co_return found != nullptr ? std::optional(*found) : std::nullopt;
}

Task<Result<std::vector<SessionRecord>>> MemorySessionStore::list(AccountId account) {
    const std::lock_guard lock(mutex_);
    std::vector<SessionRecord> result;
    for (const SessionId id : ids_of(account)) {
        result.push_back(sessions_.at(id));
    }
    std::ranges::sort(result, [](const SessionRecord& a, const SessionRecord& b) {
        return std::pair(b.created_at, b.id) < std::pair(a.created_at, a.id);
    });
    co_return result;
}

Task<Result<bool>> MemorySessionStore::remove(
    AccountId account, SessionId session, std::optional<SessionId> asking
) {
    const std::lock_guard lock(mutex_);
    if (asking && !is_there({account, *asking})) {
        co_return fail(Errc::unauthenticated, "session");
    }
    co_return remove_now({account, session});
}

Task<Result<bool>> MemorySessionStore::remove_token(TokenHash token_hash) {
    const std::lock_guard lock(mutex_);
    const SessionRecord* found = find_token(token_hash);
    if (found != nullptr) {
        erase(found->id);
    }
    co_return found != nullptr;
}

Task<Result<std::size_t>> MemorySessionStore::remove_all(AccountId account, std::optional<SessionId> except) {
    co_return remove_all_now(account, except);
}

Task<Result<std::size_t>> MemorySessionStore::remove_others(SessionName asking) {
    const std::lock_guard lock(mutex_);
    if (!is_there(asking)) {
        co_return fail(Errc::unauthenticated, "session");
    }
    co_return erase_all(asking.account, asking.id);
}

bool MemorySessionStore::has_now(const SessionName& name) {
    const std::lock_guard lock(mutex_);
    return is_there(name);
}

std::size_t MemorySessionStore::remove_all_now(AccountId account, const std::optional<SessionId>& except) {
    const std::lock_guard lock(mutex_);
    return erase_all(account, except);
}

std::size_t MemorySessionStore::erase_all(AccountId account, const std::optional<SessionId>& except) {
    std::size_t removed = 0;
    for (const SessionId id : ids_of(account)) {
        if (id != except) {
            erase(id);
            ++removed;
        }
    }
    return removed;
}

void MemorySessionStore::remove_by_identity_now(
    AccountId account, FederatedIdentityId identity, const std::optional<SessionId>& except
) {
    const std::lock_guard lock(mutex_);
    for (const SessionId id : ids_of(account)) {
        if (id != except && sessions_.at(id).identity == identity) {
            erase(id);
        }
    }
}

Task<Result<bool>> MemorySessionStore::rotate(TokenHash from, TokenHash to) {
    const std::lock_guard lock(mutex_);
    if (by_token_.contains(to)) {
        co_return fail(Errc::conflict, "session token");
    }
    SessionRecord* found = find_token(from);
    if (found == nullptr) {
        co_return false;
    }
    by_token_.erase(from);
    by_token_.emplace(to, found->id);
    found->token_hash = to;
    co_return true;
}

Task<Result<>> MemorySessionStore::update_data(
    TokenHash token_hash, std::string data, std::int64_t expected_version
) {
    const std::lock_guard lock(mutex_);
    SessionRecord* found = find_token(token_hash);
    if (found == nullptr) {
        co_return fail(Errc::not_found, "session");
    }
    if (found->version != expected_version) {
        co_return fail(Errc::conflict, "session data");
    }
    found->data = std::move(data);
    ++found->version;
    co_return Result<>{};
}

Task<Result<>> MemorySessionStore::touch(std::vector<Touch> touches) {
    const std::lock_guard lock(mutex_);
    for (const Touch& touch : touches) {
        const SessionRecord* found = find_token(touch.token_hash);
        if (found == nullptr || found->last_seen_at >= touch.last_seen_at) {
            continue;
        }
        SessionRecord seen = *found;
        erase(seen.id);
        seen.last_seen_at = touch.last_seen_at;
        add(std::move(seen));
    }
    co_return Result<>{};
}

Task<Result<std::size_t>> MemorySessionStore::purge_expired(Time now, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::size_t removed = 0;
    while (removed < limit && !by_end_.empty() && by_end_.begin()->first <= now) {
        erase(by_end_.begin()->second);
        ++removed;
    }
    co_return removed;
}

}  // namespace cardea::stores
