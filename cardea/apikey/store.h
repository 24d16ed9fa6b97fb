// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/policy.h"
#include "cardea/apikey/record.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <optional>
#include <vector>

namespace cardea::apikey {

/// When a key was last used, for the batched writes.
struct Touch {
    ApiKeyHash key_hash{};
    Time last_used_at;
};

/// A rotation: the new key's row, and when the old one ends.
struct Replacement {
    ApiKeyId old_key;
    Time old_expires_at;
    ApiKeyRecord new_key;
};

/// What must be so in the transaction that adds a key.
struct Terms {
    std::size_t limit = max_keys_per_account;  ///< the account has fewer keys than that
    /// The session of the account that asks for it is there; nothing when an operator asks.
    std::optional<SessionId> session;
};

/// Where API keys are kept. Every method is one atomic intent, answered only after it is durable, and fails
/// with Errc::store_unavailable when the store cannot do it now. Expiry is decided above: a store returns
/// rows as they are. Thread-safe. Implementations live in stores/ and pass tests/conformance.
class ApiKeyStore {
 public:
    virtual ~ApiKeyStore() = default;

    /// Errc::unauthenticated when the session is gone, Errc::too_large when the account has as many keys as
    /// it may, Errc::conflict when the id or the hash exists.
    virtual Task<Result<>> insert(ApiKeyRecord record, Terms terms) = 0;

    virtual Task<Result<std::optional<ApiKeyRecord>>> find(ApiKeyHash key_hash) = 0;

    /// Newest first.
    virtual Task<Result<std::vector<ApiKeyRecord>>> list(AccountId account) = 0;

    /// Inserts the new key and, in the same transaction, lets the old one, of the same account, end at
    /// `old_expires_at` (an earlier end stays) and names its successor. Errc::not_found when there
    /// is no old one, Errc::conflict when it was replaced before; else as insert().
    virtual Task<Result<>> replace(Replacement replacement, Terms terms) = 0;

    /// Removes one key of that account; false when there is none. With a session of the account, by which its
    /// person asks: Errc::unauthenticated when that is gone.
    virtual Task<Result<bool>> remove(AccountId account, ApiKeyId key, std::optional<SessionId> session) = 0;

    /// Removes every key of the account; the number removed.
    virtual Task<Result<std::size_t>> remove_all(AccountId account) = 0;

    /// Moves `last_used_at` forward, never back; rows that are gone are passed over.
    virtual Task<Result<>> touch(std::vector<Touch> touches) = 0;

    /// Removes at most `limit` keys that ended at `until` or before; the number removed.
    virtual Task<Result<std::size_t>> purge_expired(Time until, std::size_t limit) = 0;
};

}  // namespace cardea::apikey
