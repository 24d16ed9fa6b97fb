// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/identity.h"
#include "cardea/apikey/live_key.h"
#include "cardea/base/random.h"
#include "cardea/ratelimit/memory_limiter.h"

#include <memory>

namespace cardea::audit {
class AuditLog;
}

namespace cardea::account {

/// Whose API key it is, kept in the cache beside the key. Immutable; a program that keeps more (a finished
/// answer) derives from it.
class ApiKeyOwner : public apikey::Owner {
 public:
    explicit ApiKeyOwner(const AccountRecord& account) : identity_(account) {}

    [[nodiscard]] const Identity& identity() const noexcept { return identity_; }

 private:
    Identity identity_;
};

/// What ApiKeyOwners work with; all of it outlives them.
struct ApiKeyOwnersParts {
    AccountStore& accounts;
    audit::AuditLog& audit;
    const Clock& clock;
    Random& random;
};

/// Loads the ApiKeyOwner when a key enters the cache, and refuses keys of disabled accounts. A refused key
/// becomes a row of the audit log, at most one in an hour for each key: a forgotten program may go on asking
/// for years. Thread-safe.
class ApiKeyOwners : public apikey::Owners {
 public:
    explicit ApiKeyOwners(const ApiKeyOwnersParts& parts);

    [[nodiscard]] Task<Result<std::shared_ptr<const apikey::Owner>>> load(const apikey::ApiKeyRecord& record
    ) override;
    [[nodiscard]] Task<> note_refusal(const apikey::ApiKeyRecord& record, Errc reason) override;

 protected:
    /// The owner of a key that may be used.
    [[nodiscard]] virtual std::shared_ptr<const apikey::Owner> make_owner(
        const AccountRecord& account, const apikey::ApiKeyRecord& key
    ) const;

 private:
    AccountStore& accounts_;
    audit::AuditLog& audit_;
    const Clock& clock_;
    ratelimit::MemoryLimiter notes_;
};

}  // namespace cardea::account
