// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/operation.h"

#include <string>
#include <string_view>
#include <vector>

namespace cardea::account {

/// Whom an invitation is for and how long it is good.
struct Invitation {
    std::string email;    ///< only this address may use it; empty: whoever holds the code
    Duration lifetime{};  ///< zero: AccountPolicy::invitation_lifetime
};

/// What operators do with accounts. `actor` says in the audit log who did it: "operator", or an account id.
/// Thread-safe.
class AccountDirectory {
 public:
    AccountDirectory(Parts parts, AccountPolicy policy);

    /// Makes an account whatever the registration mode; the password may be empty: then nobody can sign in.
    [[nodiscard]] Task<Result<AccountRecord>> add(Registration registration, std::string actor);

    /// The account with that id, e-mail address or user name. Errc::not_found.
    [[nodiscard]] Task<Result<AccountRecord>> find(std::string text);
    [[nodiscard]] Task<Result<std::vector<AccountRecord>>> list(Page page);

    /// Nobody signs in to it any more, every session of it is over and no API key of it works when this
    /// returns. The keys work again once it is enabled.
    [[nodiscard]] Task<Result<>> disable(AccountId account, std::string actor);
    [[nodiscard]] Task<Result<>> enable(AccountId account, std::string actor);
    /// Removes the account, its sessions and API keys, and its personal data in the audit log.
    [[nodiscard]] Task<Result<>> remove(AccountId account, std::string actor);
    /// Sets the password, ends every session and clears the failures that were counted.
    [[nodiscard]] Task<Result<>> set_password(AccountId account, SecretText password, std::string actor);

    /// The identities at providers that sign in to the account, the oldest first.
    [[nodiscard]] Task<Result<std::vector<FederatedIdentity>>> list_identities(AccountId account);
    /// Unlinks one of them; every session that came by it is over when this returns. Errc::not_found, and
    /// Errc::conflict when nobody could sign in afterwards, unless `way_in` may go.
    [[nodiscard]] Task<Result<>> unlink(
        AccountId account, FederatedIdentityId target, WayIn way_in, std::string actor
    );

    /// The code to hand over. Nothing is stored until it is used; it works once.
    [[nodiscard]] Task<Result<std::string>> make_invitation(Invitation invitation, std::string actor);
    /// Nobody registers with the code any more when this returns. Errc::not_found when it was not made here,
    /// Errc::expired, and Errc::replayed when it was used or revoked before.
    [[nodiscard]] Task<Result<>> revoke_invitation(std::string code, std::string actor);

 private:
    Parts parts_;
    AccountPolicy policy_;
};

}  // namespace cardea::account
