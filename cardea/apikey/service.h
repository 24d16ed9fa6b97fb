// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/key.h"
#include "cardea/apikey/live_key.h"
#include "cardea/apikey/policy.h"
#include "cardea/apikey/store.h"
#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/base/revocable_cache.h"

#include <optional>
#include <string>
#include <vector>

namespace cardea::apikey {

/// What a person asks for who wants a key.
struct NewApiKey {
    AccountId account;
    std::string name;
    std::vector<std::string> scopes;
    std::optional<Duration> lifetime = default_lifetime;  ///< nothing: until it is revoked
    std::optional<SessionId> session;                     ///< by which its person asks; nothing: an operator
};

/// A key that begins, and the only copy of its text.
struct IssuedApiKey {
    ApiKey key;
    ApiKeyRecord record;
};

/// What keys of this program look like, and how many are kept at hand.
struct ApiKeyOptions {
    ApiKeyPrefix prefix;
    CacheLimits cache;
};

/// Issues, checks, rotates, lists and revokes API keys. Every change is in the store first, then in the
/// cache, then the caller is answered. Thread-safe; what is passed to the constructor outlives it.
class ApiKeyService {
 public:
    /// What it works with.
    struct Parts {
        ApiKeyStore& store;
        Owners& owners;
        const Clock& clock;
        Random& random;
    };

    ApiKeyService(Parts parts, ApiKeyOptions options = {});

    /// The key if it is in the cache and valid; null means "await authenticate()". Never waits, takes no
    /// lock that another core holds, and writes only when the key was last used more than a minute ago.
    [[nodiscard]] KeyPointer find_cached(const ApiKeyHash& key_hash);

    /// The key with that hash. Errc::api_key_unknown when there is none (or it was revoked),
    /// Errc::api_key_expired, what Owners::load refuses with, and Errc::busy when the store and the cache
    /// changed under every try.
    [[nodiscard]] Task<Result<KeyPointer>> authenticate(ApiKeyHash key_hash);

    /// What issue() would put into the store, and not there yet: for a caller who writes down first what it
    /// is about to do, and then calls add(). Errc::invalid (name, scope or lifetime), Errc::too_large
    /// (scopes).
    [[nodiscard]] Result<IssuedApiKey> prepare(NewApiKey wish);
    /// Puts a prepared key into the store. Errc::too_large and Errc::unauthenticated as issue().
    [[nodiscard]] Task<Result<>> add(ApiKeyRecord record, std::optional<SessionId> session);

    /// Makes a key. Errc::invalid (name, scope or lifetime), Errc::too_large (scopes, or the account has
    /// max_keys_per_account), Errc::unauthenticated (the session ended).
    [[nodiscard]] Task<Result<IssuedApiKey>> issue(NewApiKey wish);

    /// Makes a key of the same name, scopes and lifetime in place of one that goes on for `overlap`, so that
    /// programs can change over; zero ends the old one now. Errc::not_found when the account has no such key,
    /// Errc::conflict when it was rotated before, Errc::invalid (overlap), Errc::too_large and, with the
    /// session by which its person asks, Errc::unauthenticated as issue().
    [[nodiscard]] Task<Result<IssuedApiKey>> rotate(
        AccountId account, ApiKeyId key, Duration overlap, std::optional<SessionId> session
    );

    /// Revokes one key of an account; false when there was none. With the session by which its person asks,
    /// Errc::unauthenticated when that is gone; nothing when an operator or a program asks.
    [[nodiscard]] Task<Result<bool>> revoke(
        AccountId account, ApiKeyId key, std::optional<SessionId> session
    );
    /// Revokes every key of an account; their number.
    [[nodiscard]] Task<Result<std::size_t>> revoke_all_for(AccountId account);

    /// Forgets what the cache knows of an account, when the account has changed in its store: the next
    /// request loads its Owner anew.
    void drop_cached(AccountId account) noexcept { cache_.drop(account); }
    /// The same for everything, when somebody else changed the store.
    void drop_cached() noexcept { cache_.drop_all(); }

    /// The keys of an account, newest first; expired ones too, for as long as expired_keys_stay.
    [[nodiscard]] Task<Result<std::vector<ApiKeyRecord>>> list(AccountId account);

    /// For the caller's timers: writes when keys were last used, in one batch (every minute or so).
    [[nodiscard]] Task<Result<>> flush_last_used();
    /// For the caller's timers: removes at most `limit` keys that expired long ago; the number removed.
    [[nodiscard]] Task<Result<std::size_t>> sweep(std::size_t limit);

 private:
    [[nodiscard]] IssuedApiKey make(ApiKeyRecord record);
    [[nodiscard]] Task<Result<ApiKeyRecord>> load(AccountId account, ApiKeyId key);

    ApiKeyStore& store_;
    Owners& owners_;
    const Clock& clock_;
    Random& random_;
    ApiKeyPrefix prefix_;
    RevocableCache<LiveKey> cache_;
};

}  // namespace cardea::apikey
