// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/memory_account_store.h"

#include <algorithm>
#include <utility>

namespace cardea::stores {

using account::AccountRecord;

std::optional<AccountRecord> MemoryAccountStore::find_by(Key key, std::string_view value) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find_if(accounts_, [&](const auto& entry) {
        return !value.empty() && entry.second.*key == value;
    });
    return found == accounts_.end() ? std::nullopt : std::optional(found->second);
}

bool MemoryAccountStore::is_name_taken(const AccountRecord& record) const {
    return std::ranges::any_of(accounts_, [&](const auto& entry) {
        const AccountRecord& other = entry.second;
        const bool same_email = !record.email_key.empty() && other.email_key == record.email_key;
        const bool same_username = !record.username_key.empty() && other.username_key == record.username_key;
        return other.id != record.id && (same_email || same_username);
    });
}

bool MemoryAccountStore::is_linked(const account::FederatedIdentity& identity) const {
    return std::ranges::any_of(identities_, [&](const auto& entry) {
        const account::FederatedIdentity& other = entry.second;
        return other.id == identity.id ||
               (other.issuer == identity.issuer && other.subject == identity.subject);
    });
}

Result<> MemoryAccountStore::insert_now(AccountRecord record, const std::vector<OneTimeUse>& consumes) {
    if (accounts_.contains(record.id) || is_name_taken(record)) {
        return fail(Errc::conflict, "account");
    }
    if (!one_time_.consume_all_now(consumes)) {
        return fail(Errc::replayed, "one-time value");
    }
    const AccountId key = record.id;
    accounts_.emplace(key, std::move(record));
    return {};
}

Result<> MemoryAccountStore::update_now(AccountRecord record, std::int64_t expected_version) {
    const auto found = accounts_.find(record.id);
    if (found == accounts_.end()) {
        return fail(Errc::not_found, "account");
    }
    if (found->second.version != expected_version || is_name_taken(record)) {
        return fail(Errc::conflict, "account");
    }
    record.version = expected_version + 1;
    record.failed_attempts = found->second.failed_attempts;  // the count changes by itself
    found->second = std::move(record);
    return {};
}

Result<> MemoryAccountStore::check_session_now(AccountId account, const std::optional<SessionId>& session) {
    if (session && !session_store_.has_now({account, *session})) {
        return fail(Errc::unauthenticated, "session");
    }
    return {};
}

void MemoryAccountStore::remove_all_now(AccountId account, const std::optional<SessionId>& kept) {
    // Sessions before keys: a key that one of them asks for meanwhile is there by then, or is refused.
    session_store_.remove_all_now(account, kept);
    api_key_store_.remove_all_now(account);
    std::erase_if(identities_, [&](const auto& entry) { return entry.second.account == account; });
}

Task<Result<>> MemoryAccountStore::insert(AccountRecord record, std::vector<OneTimeUse> consumes) {
    const std::lock_guard lock(mutex_);
    co_return insert_now(std::move(record), consumes);
}

Task<Result<std::optional<AccountRecord>>> MemoryAccountStore::find(AccountId id) {
    const std::lock_guard lock(mutex_);
    const auto found = accounts_.find(id);
    if (found == accounts_.end()) {
        co_return std::optional<AccountRecord>();
    }
    co_return std::optional(found->second);
}

Task<Result<std::optional<AccountRecord>>> MemoryAccountStore::find_by_email(std::string email_key) {
    co_return find_by(&AccountRecord::email_key, email_key);
}

Task<Result<std::optional<AccountRecord>>> MemoryAccountStore::find_by_username(std::string username_key) {
    co_return find_by(&AccountRecord::username_key, username_key);
}

Task<Result<>> MemoryAccountStore::update(
    AccountRecord record, std::int64_t expected_version, std::optional<SessionId> session
) {
    const std::lock_guard lock(mutex_);
    if (Result<> asked = check_session_now(record.id, session); !asked) {
        co_return asked;
    }
    co_return update_now(std::move(record), expected_version);
}

Task<Result<>> MemoryAccountStore::reclaim(
    AccountRecord record, std::int64_t expected_version, account::Kept kept
) {
    const std::lock_guard lock(mutex_);
    const AccountId id = record.id;
    if (Result<> asked = check_session_now(id, kept.session); !asked) {
        co_return asked;
    }
    const bool belongs_to_another = kept.identity && std::ranges::any_of(identities_, [&](const auto& entry) {
                                        const account::FederatedIdentity& other = entry.second;
                                        return other.account != id && other.issuer == kept.identity->issuer &&
                                               other.subject == kept.identity->subject;
                                    });
    if (belongs_to_another) {
        co_return fail(Errc::conflict, "federated identity");
    }
    if (Result<> updated = update_now(std::move(record), expected_version); !updated) {
        co_return updated;
    }
    accounts_.at(id).failed_attempts = 0;
    remove_all_now(id, kept.session);
    if (kept.identity) {
        const FederatedIdentityId key = kept.identity->id;
        identities_.emplace(key, std::move(*kept.identity));
    }
    co_return Result<>{};
}

Task<Result<>> MemoryAccountStore::count_failed_attempt(std::optional<AccountId> id) {
    if (!id) {
        co_return Result<>{};
    }
    const std::lock_guard lock(mutex_);
    const auto found = accounts_.find(*id);
    if (found == accounts_.end()) {
        co_return fail(Errc::not_found, "account");
    }
    ++found->second.failed_attempts;
    co_return Result<>{};
}

Task<Result<>> MemoryAccountStore::clear_failed_attempts(AccountId id) {
    const std::lock_guard lock(mutex_);
    const auto found = accounts_.find(id);
    if (found == accounts_.end()) {
        co_return fail(Errc::not_found, "account");
    }
    found->second.failed_attempts = 0;
    co_return Result<>{};
}

Task<Result<bool>> MemoryAccountStore::remove(AccountId id) {
    const std::lock_guard lock(mutex_);
    remove_all_now(id, std::nullopt);
    co_return accounts_.erase(id) > 0;
}

Task<Result<std::vector<AccountRecord>>> MemoryAccountStore::list(account::Page page) {
    const std::lock_guard lock(mutex_);
    std::vector<AccountRecord> result;
    for (auto next = accounts_.upper_bound(page.after); next != accounts_.end(); ++next) {
        if (result.size() == page.limit) {
            break;
        }
        result.push_back(next->second);
    }
    co_return result;
}

}  // namespace cardea::stores
