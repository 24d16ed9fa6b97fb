// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/memory_federated_identity_store.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cardea::stores {

using account::FederatedIdentity;

std::vector<FederatedIdentity> MemoryFederatedIdentityStore::identities_of(AccountId account) const {
    std::vector<FederatedIdentity> result;
    for (const auto& [id, identity] : accounts_.identities_) {
        if (identity.account == account) {
            result.push_back(identity);
        }
    }
    std::ranges::sort(result, [](const FederatedIdentity& a, const FederatedIdentity& b) {
        return std::tie(a.linked_at, a.id) < std::tie(b.linked_at, b.id);
    });
    return result;
}

Task<Result<>> MemoryFederatedIdentityStore::insert(FederatedIdentity identity, account::LinkTerms terms) {
    const std::lock_guard lock(accounts_.mutex_);
    if (!accounts_.accounts_.contains(identity.account)) {
        co_return fail(Errc::not_found, "account");
    }
    if (Result<> asked = accounts_.check_session_now(identity.account, terms.session); !asked) {
        co_return asked;
    }
    if (identities_of(identity.account).size() >= terms.limit) {
        co_return fail(Errc::too_large, "identities of the account");
    }
    if (accounts_.is_linked(identity)) {
        co_return fail(Errc::conflict, "federated identity");
    }
    const FederatedIdentityId key = identity.id;
    accounts_.identities_.emplace(key, std::move(identity));
    co_return Result<>{};
}

Task<Result<>> MemoryFederatedIdentityStore::insert_account(
    account::AccountRecord account, FederatedIdentity identity, std::vector<OneTimeUse> consumes
) {
    const std::lock_guard lock(accounts_.mutex_);
    if (accounts_.is_linked(identity)) {
        co_return fail(Errc::conflict, "federated identity");
    }
    if (Result<> inserted = accounts_.insert_now(std::move(account), consumes); !inserted) {
        co_return inserted;
    }
    const FederatedIdentityId key = identity.id;
    accounts_.identities_.emplace(key, std::move(identity));
    co_return Result<>{};
}

Task<Result<std::optional<FederatedIdentity>>> MemoryFederatedIdentityStore::find(
    std::string issuer, std::string subject
) {
    const std::lock_guard lock(accounts_.mutex_);
    const auto found = std::ranges::find_if(accounts_.identities_, [&](const auto& entry) {
        return entry.second.issuer == issuer && entry.second.subject == subject;
    });
    co_return found == accounts_.identities_.end() ? std::nullopt : std::optional(found->second);
}

Task<Result<std::vector<FederatedIdentity>>> MemoryFederatedIdentityStore::list(AccountId account) {
    const std::lock_guard lock(accounts_.mutex_);
    co_return identities_of(account);
}

Task<Result<bool>> MemoryFederatedIdentityStore::remove(
    AccountId account, FederatedIdentityId identity, account::UnlinkTerms terms
) {
    const std::lock_guard lock(accounts_.mutex_);
    if (Result<> asked = accounts_.check_session_now(account, terms.session); !asked) {
        co_return propagate(asked);
    }
    const std::vector<FederatedIdentity> linked = identities_of(account);
    if (std::ranges::find(linked, identity, &FederatedIdentity::id) == linked.end()) {
        co_return false;
    }
    const auto owner = accounts_.accounts_.find(account);
    const bool has_password = owner != accounts_.accounts_.end() && !owner->second.password_hash.empty();
    const bool has_other = terms.remaining != identity &&
                           std::ranges::count(linked, terms.remaining, &FederatedIdentity::id) > 0;
    if (terms.way_in == account::WayIn::has_to_stay && !has_password && !has_other) {
        co_return fail(Errc::conflict, "the last way in");
    }
    accounts_.identities_.erase(identity);
    accounts_.session_store_.remove_by_identity_now(account, identity, terms.session);
    co_return true;
}

Task<Result<>> MemoryFederatedIdentityStore::touch(FederatedIdentityId identity, Time last_used_at) {
    const std::lock_guard lock(accounts_.mutex_);
    if (const auto found = accounts_.identities_.find(identity); found != accounts_.identities_.end()) {
        Time& last = found->second.last_used_at;
        last = std::max(last, last_used_at);
    }
    co_return Result<>{};
}

}  // namespace cardea::stores
