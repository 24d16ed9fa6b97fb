// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/record.h"
#include "cardea/base/one_time.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cardea::account {

/// Whom a provider says that somebody is, after every check of it (the oauth module makes them). `issuer` and
/// `subject` together name the person for ever; the rest may change.
struct ProvenIdentity {
    std::string issuer;
    std::string subject;
    std::string email;  ///< empty when it is not told
    bool is_email_verified = false;
    std::string name;
};

/// One row: somebody at a provider who signs in to an account here. An account may have several, an identity
/// belongs to one account.
struct FederatedIdentity {
    FederatedIdentityId id;
    AccountId account;
    std::string issuer;
    std::string subject;
    std::string label;  ///< by which its person knows it again: an address or a name, as it was when linked
    Time linked_at;
    Time last_used_at;
};

/// How many an account may have.
inline constexpr std::size_t max_identities_per_account = 20;

/// What must be so in the transaction that links an identity.
struct LinkTerms {
    std::size_t limit = max_identities_per_account;  ///< the account has fewer identities than that
    /// The session of the account that asks for it is there; nothing when there is none yet.
    std::optional<SessionId> session;
};

/// Whether somebody can sign in to an account when an identity of it is unlinked.
enum class WayIn : std::uint8_t { has_to_stay, may_go };

/// What must be so in the transaction that unlinks an identity.
struct UnlinkTerms {
    /// The session of the account that asks for it is there; nothing when an operator asks.
    std::optional<SessionId> session;
    /// A way in stays: the account has a password, or this identity of it, of a provider that is offered.
    FederatedIdentityId remaining;
    WayIn way_in = WayIn::has_to_stay;
};

/// Where federated identities are kept, beside the accounts: AccountStore::remove and reclaim remove them in
/// the same transaction. Atomic intents, durable when answered, thread-safe; see session/store.h for the
/// rules that all stores share.
class FederatedIdentityStore {
 public:
    virtual ~FederatedIdentityStore() = default;

    /// Links an identity to an account. Errc::conflict when it is linked already, to whomever;
    /// Errc::too_large when the account has as many as it may; Errc::not_found when it is gone;
    /// Errc::unauthenticated when the session is gone.
    virtual Task<Result<>> insert(FederatedIdentity identity, LinkTerms terms) = 0;
    /// Adds an account together with the identity that signs in to it, and consumes what entitles to it: all
    /// or nothing. Errc::conflict when a name of the account is taken or the identity is linked,
    /// Errc::replayed when one of the values was consumed before.
    virtual Task<Result<>> insert_account(
        AccountRecord account, FederatedIdentity identity, std::vector<OneTimeUse> consumes
    ) = 0;
    virtual Task<Result<std::optional<FederatedIdentity>>> find(std::string issuer, std::string subject) = 0;
    /// Those of one account, the oldest first.
    virtual Task<Result<std::vector<FederatedIdentity>>> list(AccountId account) = 0;
    /// Unlinks an identity of that account and, in the same transaction, removes the sessions that came by
    /// it but the one that asks; false when there is none. Errc::conflict when no way in would stay that has
    /// to; Errc::unauthenticated when the session is gone.
    virtual Task<Result<bool>> remove(AccountId account, FederatedIdentityId identity, UnlinkTerms terms) = 0;
    /// Moves `last_used_at` forward, never back; an identity that is gone is passed over.
    virtual Task<Result<>> touch(FederatedIdentityId identity, Time last_used_at) = 0;
};

}  // namespace cardea::account
