// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/memory_session_store.h"

#include "cardea/session/policy.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cardea::stores {

using session::Insertion;
using session::SessionRecord;
using session::TokenHash;
using session::Touch;

Task<Result<std::optional<TokenHash>>> MemorySessionStore::insert(SessionRecord record, Insertion also) {
    const std::lock_guard lock(mutex_);
    const bool id_taken =
        std::ranges::any_of(sessions_, [&](const auto& entry) { return entry.second.id == record.id; });
    if (id_taken || sessions_.contains(record.token_hash)) {
        co_return fail(Errc::conflict, "session");
    }
    if (also.consumes && !one_time_.consume_now(*also.consumes)) {
        co_return fail(Errc::replayed, "one-time value");
    }
    if (also.replaces) {
        sessions_.erase(*also.replaces);
    }
    sessions_.emplace(record.token_hash, record);
    co_return remove_past_limit(record, also.limit);
}

std::optional<TokenHash> MemorySessionStore::remove_past_limit(
    const SessionRecord& inserted, std::size_t limit
) {
    std::vector<const SessionRecord*> others;
    for (const auto& [hash, record] : sessions_) {
        if (record.account == inserted.account && record.id != inserted.id) {
            others.push_back(&record);
        }
    }
    if (others.size() < limit) {
        return std::nullopt;
    }
    const TokenHash longest_unseen = (*std::ranges::min_element(others, {}, [](const SessionRecord* other) {
                                         return std::tuple(other->last_seen_at, other->created_at, other->id);
                                     }))->token_hash;
    sessions_.erase(longest_unseen);
    return longest_unseen;
}

Task<Result<std::optional<SessionRecord>>> MemorySessionStore::find(TokenHash token_hash) {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(token_hash);
    if (found == sessions_.end()) {
        co_return std::optional<SessionRecord>();
    }
    co_return std::optional(found->second);
}

Task<Result<std::vector<SessionRecord>>> MemorySessionStore::list(AccountId account) {
    const std::lock_guard lock(mutex_);
    std::vector<SessionRecord> result;
    for (const auto& [hash, record] : sessions_) {
        if (record.account == account) {
            result.push_back(record);
        }
    }
    std::ranges::sort(result, [](const SessionRecord& a, const SessionRecord& b) {
        return std::pair(b.created_at, b.id) < std::pair(a.created_at, a.id);
    });
    co_return result;
}

Task<Result<bool>> MemorySessionStore::remove(AccountId account, SessionId session) {
    const std::lock_guard lock(mutex_);
    co_return std::erase_if(sessions_, [&](const auto& entry) {
        return entry.second.account == account && entry.second.id == session;
    }) > 0;
}

Task<Result<bool>> MemorySessionStore::remove_token(TokenHash token_hash) {
    const std::lock_guard lock(mutex_);
    co_return sessions_.erase(token_hash) > 0;
}

Task<Result<std::size_t>> MemorySessionStore::remove_all(AccountId account, std::optional<SessionId> except) {
    const std::lock_guard lock(mutex_);
    co_return std::erase_if(sessions_, [&](const auto& entry) {
        return entry.second.account == account && entry.second.id != except;
    });
}

Task<Result<bool>> MemorySessionStore::rotate(TokenHash from, TokenHash to) {
    const std::lock_guard lock(mutex_);
    if (sessions_.contains(to)) {
        co_return fail(Errc::conflict, "session token");
    }
    auto node = sessions_.extract(from);
    if (node.empty()) {
        co_return false;
    }
    node.key() = to;
    node.mapped().token_hash = to;
    sessions_.insert(std::move(node));
    co_return true;
}

Task<Result<>> MemorySessionStore::update_data(
    TokenHash token_hash, std::string data, std::int64_t expected_version
) {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(token_hash);
    if (found == sessions_.end()) {
        co_return fail(Errc::not_found, "session");
    }
    if (found->second.version != expected_version) {
        co_return fail(Errc::conflict, "session data");
    }
    found->second.data = std::move(data);
    ++found->second.version;
    co_return Result<>{};
}

Task<Result<>> MemorySessionStore::touch(std::vector<Touch> touches) {
    const std::lock_guard lock(mutex_);
    for (const Touch& touch : touches) {
        if (const auto found = sessions_.find(touch.token_hash); found != sessions_.end()) {
            found->second.last_seen_at = std::max(found->second.last_seen_at, touch.last_seen_at);
        }
    }
    co_return Result<>{};
}

Task<Result<std::size_t>> MemorySessionStore::purge_expired(Time now, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::size_t removed = 0;
    for (auto next = sessions_.begin(); next != sessions_.end() && removed < limit;) {
        const bool is_live = session::decide(next->second, now) == session::Liveness::live;
        if (is_live) {
            ++next;
        } else {
            next = sessions_.erase(next);
            ++removed;
        }
    }
    co_return removed;
}

}  // namespace cardea::stores
