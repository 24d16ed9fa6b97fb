// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/federated_identity.h"
#include "cardea/account/record.h"
#include "cardea/base/one_time.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <optional>
#include <string>
#include <vector>

namespace cardea::account {

/// Which accounts a listing shows: those after `after` in the order of their ids, at most `limit`.
struct Page {
    AccountId after;
    std::size_t limit = 100;
};

/// What an account keeps when everything else is taken from it that lets somebody in.
struct Kept {
    std::optional<SessionId> session;
    std::optional<FederatedIdentity> identity;  ///< linked to it from then on
};

/// Where accounts are kept. Atomic intents, durable when answered, thread-safe; see session/store.h for the
/// rules that all stores share.
class AccountStore {
 public:
    virtual ~AccountStore() = default;

    /// Adds an account and, in the same transaction, consumes what entitles to it. Errc::conflict when the
    /// e-mail or user name is taken, Errc::replayed when one of the values was consumed before.
    virtual Task<Result<>> insert(AccountRecord record, std::vector<OneTimeUse> consumes) = 0;
    virtual Task<Result<std::optional<AccountRecord>>> find(AccountId id) = 0;
    virtual Task<Result<std::optional<AccountRecord>>> find_by_email(std::string email_key) = 0;
    virtual Task<Result<std::optional<AccountRecord>>> find_by_username(std::string username_key) = 0;
    /// Replaces the row, but for the failed attempts, if it still has `expected_version`, else
    /// Errc::conflict; Errc::not_found when it is gone. With a session of the account, by which its person
    /// asks: Errc::unauthenticated when that is gone.
    virtual Task<Result<>> update(
        AccountRecord record, std::int64_t expected_version, std::optional<SessionId> session
    ) = 0;
    /// Replaces the row as update() does and, in the same transaction, clears the failed attempts and removes
    /// all sessions, API keys and federated identities of the account but what is kept. Errc::conflict too
    /// when that identity is linked to another account, Errc::unauthenticated when that session is gone.
    virtual Task<Result<>> reclaim(AccountRecord record, std::int64_t expected_version, Kept kept) = 0;
    /// Counts a failed sign-in; any number at the same moment are each counted. Without an id, for a name
    /// that no account has, counts nothing and takes as long, or time would tell who has one.
    /// Errc::not_found. Neither this nor the next changes the version.
    virtual Task<Result<>> count_failed_attempt(std::optional<AccountId> id) = 0;
    /// After a success.
    virtual Task<Result<>> clear_failed_attempts(AccountId id) = 0;
    /// Removes the account and, in the same transaction, its sessions, API keys and federated identities;
    /// false when there is none.
    virtual Task<Result<bool>> remove(AccountId id) = 0;
    virtual Task<Result<std::vector<AccountRecord>>> list(Page page) = 0;
};

}  // namespace cardea::account
