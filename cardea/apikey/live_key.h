// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/record.h"
#include "cardea/apikey/scopes.h"
#include "cardea/apikey/store.h"
#include "cardea/base/result.h"
#include "cardea/base/revocable_cache.h"
#include "cardea/base/task.h"

#include <memory>
#include <string_view>
#include <utility>

namespace cardea::apikey {

/// Whose key it is: what the program wants at hand on every request. It is made once, when a key enters the
/// cache, and read from all threads. The program derives its own from this one.
class Owner {
 public:
    virtual ~Owner() = default;
};

/// What the program knows of the accounts behind keys. Thread-safe.
class Owners {
 public:
    virtual ~Owners() = default;

    /// Makes the Owner of a key. Fails when the key may not be used though its row is there:
    /// Errc::account_disabled, or Errc::not_found when the account is gone. Never yields null. `record` stays
    /// valid until the task ends.
    virtual Task<Result<std::shared_ptr<const Owner>>> load(const ApiKeyRecord& record) = 0;

    /// Tells that a key whose row is there was refused, and why: for an audit log. Comes for every use.
    virtual Task<> note_refusal(const ApiKeyRecord& record, Errc reason) = 0;
};

/// An API key that was found valid, shared by the requests that use it. Thread-safe.
class LiveKey : public CacheEntry {
 public:
    using Touch = apikey::Touch;

    /// `noted` is the cache's sequence number from before the row was read.
    LiveKey(ApiKeyRecord record, std::shared_ptr<const Owner> owner, std::uint64_t noted)
        : CacheEntry(record.last_used_at.value_or(Time()), noted),
          record_(std::move(record)),
          owner_(std::move(owner)) {}

    [[nodiscard]] const ApiKeyRecord& record() const noexcept { return record_; }
    [[nodiscard]] const ApiKeyHash& hash() const noexcept { return record_.key_hash; }
    [[nodiscard]] const AccountId& account() const noexcept { return record_.account; }
    [[nodiscard]] const Owner& owner() const noexcept { return *owner_; }
    [[nodiscard]] bool has_scope(std::string_view scope) const noexcept {
        return apikey::has_scope(record_.scopes, scope);
    }

 private:
    ApiKeyRecord record_;
    std::shared_ptr<const Owner> owner_;
};

/// A key that was found valid; shared by the cache and the requests that use it.
using KeyPointer = std::shared_ptr<const LiveKey>;

}  // namespace cardea::apikey
