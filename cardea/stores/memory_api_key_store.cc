// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/memory_api_key_store.h"

#include <algorithm>
#include <utility>

namespace cardea::stores {

using apikey::ApiKeyHash;
using apikey::ApiKeyRecord;
using apikey::Replacement;
using apikey::Terms;
using apikey::Touch;

Result<> MemoryApiKeyStore::check_session(AccountId account, const std::optional<SessionId>& session) const {
    const bool has_session = sessions_ != nullptr && session && sessions_->has_now({account, *session});
    if (session && !has_session) {
        return fail(Errc::unauthenticated, "session");
    }
    return {};
}

Result<> MemoryApiKeyStore::check_insert(const ApiKeyRecord& record, const Terms& terms) const {
    const auto is_of_account = [&](const auto& entry) { return entry.second.account == record.account; };
    const auto has_id = [&](const auto& entry) { return entry.second.id == record.id; };
    if (std::cmp_greater_equal(std::ranges::count_if(keys_, is_of_account), terms.limit)) {
        return fail(Errc::too_large, "API keys of the account");
    }
    if (keys_.contains(record.key_hash) || std::ranges::any_of(keys_, has_id)) {
        return fail(Errc::conflict, "API key");
    }
    return {};
}

Task<Result<>> MemoryApiKeyStore::insert(ApiKeyRecord record, Terms terms) {
    const std::lock_guard lock(mutex_);
    if (Result<> asked = check_session(record.account, terms.session); !asked) {
        co_return asked;
    }
    if (Result<> checked = check_insert(record, terms); !checked) {
        co_return checked;
    }
    const ApiKeyHash key = record.key_hash;
    keys_.emplace(key, std::move(record));
    co_return Result<>{};
}

Task<Result<std::optional<ApiKeyRecord>>> MemoryApiKeyStore::find(ApiKeyHash key_hash) {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find(key_hash);
    co_return found == keys_.end() ? std::nullopt : std::optional(found->second);
}

Task<Result<std::vector<ApiKeyRecord>>> MemoryApiKeyStore::list(AccountId account) {
    const std::lock_guard lock(mutex_);
    std::vector<ApiKeyRecord> result;
    for (const auto& [hash, record] : keys_) {
        if (record.account == account) {
            result.push_back(record);
        }
    }
    std::ranges::sort(result, [](const ApiKeyRecord& a, const ApiKeyRecord& b) {
        return std::pair(b.created_at, b.id) < std::pair(a.created_at, a.id);
    });
    co_return result;
}

Task<Result<>> MemoryApiKeyStore::replace(Replacement replacement, Terms terms) {
    const std::lock_guard lock(mutex_);
    ApiKeyRecord& added = replacement.new_key;
    if (Result<> asked = check_session(added.account, terms.session); !asked) {
        co_return asked;
    }
    const auto old = std::ranges::find_if(keys_, [&](const auto& entry) {
        return entry.second.account == added.account && entry.second.id == replacement.old_key;
    });
    if (old == keys_.end()) {
        co_return fail(Errc::not_found, "API key");
    }
    ApiKeyRecord& replaced = old->second;
    if (!replaced.replaced_by.is_nil()) {
        co_return fail(Errc::conflict, "API key was rotated before");
    }
    if (Result<> checked = check_insert(added, terms); !checked) {
        co_return checked;
    }
    const Time ends_at = replacement.old_expires_at;
    replaced.expires_at = std::min(replaced.expires_at.value_or(ends_at), ends_at);
    replaced.replaced_by = added.id;
    const ApiKeyHash key = added.key_hash;
    keys_.emplace(key, std::move(added));
    co_return Result<>{};
}

Task<Result<bool>> MemoryApiKeyStore::remove(
    AccountId account, ApiKeyId key, std::optional<SessionId> session
) {
    const std::lock_guard lock(mutex_);
    if (Result<> asked = check_session(account, session); !asked) {
        co_return propagate(asked);
    }
    co_return std::erase_if(keys_, [&](const auto& entry) {
        return entry.second.account == account && entry.second.id == key;
    }) > 0;
}

Task<Result<std::size_t>> MemoryApiKeyStore::remove_all(AccountId account) {
    co_return remove_all_now(account);
}

std::size_t MemoryApiKeyStore::remove_all_now(AccountId account) {
    const std::lock_guard lock(mutex_);
    return std::erase_if(keys_, [&](const auto& entry) { return entry.second.account == account; });
}

Task<Result<>> MemoryApiKeyStore::touch(std::vector<Touch> touches) {
    const std::lock_guard lock(mutex_);
    for (const Touch& touch : touches) {
        if (const auto found = keys_.find(touch.key_hash); found != keys_.end()) {
            std::optional<Time>& last = found->second.last_used_at;
            last = std::max(last.value_or(touch.last_used_at), touch.last_used_at);
        }
    }
    co_return Result<>{};
}

Task<Result<std::size_t>> MemoryApiKeyStore::purge_expired(Time until, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::size_t removed = 0;
    for (auto next = keys_.begin(); next != keys_.end() && removed < limit;) {
        const std::optional<Time>& ends_at = next->second.expires_at;
        if (ends_at && *ends_at <= until) {
            next = keys_.erase(next);
            ++removed;
        } else {
            ++next;
        }
    }
    co_return removed;
}

}  // namespace cardea::stores
