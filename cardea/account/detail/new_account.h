// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/detail/audited.h"
#include "cardea/password/password.h"

#include <optional>
#include <vector>

namespace cardea::account::detail {

/// An account that is not in the store yet.
struct NewAccount {
    AccountRecord record;
    std::optional<password::Password> password;  ///< absent: nobody can sign in by password
};

/// Reads what was typed. Errc::invalid or too_large (a name that is none, or no name at all), Errc::malformed
/// or password_* (a password that nobody may choose).
[[nodiscard]] Result<NewAccount> parse_new_account(const Parts& parts, const Registration& registration);

/// The refusal of a choice: what parse_new_account, parse_new_password or the hashing said, by its rule.
[[nodiscard]] Task<std::unexpected<Error>> refuse_choice(Audited& audited, const Error& error);

/// Makes the account ready to be inserted: looks whether its names are free (Errc::conflict), and hashes the
/// password (Errc::busy, or password_blocked and upstream_unavailable where breaches are asked about).
[[nodiscard]] Task<Result<>> prepare(const Parts& parts, Audited& audited, NewAccount& account);

/// Inserts the account, which consumes what entitles to it, and returns it when its row in the audit log is
/// durable too. Errc::conflict when somebody took a name meanwhile; Errc::replayed is the caller's to refuse.
[[nodiscard]] Task<Result<AccountRecord>> insert(
    const Parts& parts, Audited& audited, AccountRecord record, std::vector<OneTimeUse> consumes
);

/// A password that the person of `account` chooses: Errc::malformed or password_* when nobody may choose it
/// or it is made of what is known of them.
[[nodiscard]] Result<password::Password> parse_new_password(
    const Parts& parts, const AccountRecord& account, const SecretText& text
);

}  // namespace cardea::account::detail
