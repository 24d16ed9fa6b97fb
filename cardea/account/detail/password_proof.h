// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/detail/audited.h"
#include "cardea/account/guess_guard.h"

#include <optional>
#include <string>
#include <string_view>

namespace cardea::account::detail {

/// A password that somebody gives for an account, or for a name that no account has.
struct Attempt {
    std::optional<AccountRecord> account;
    std::string name;  ///< in the form in which accounts are looked up; read only when there is no account
    SecretText password;
    std::optional<KnownCaller> caller;  ///< a device or session that is known to the account
};

/// The account, when it may sign in and the password is its own. Every other case takes the same way at the
/// same cost: the limits, that of the address first, one hash, one row, one write. Errc::credentials_wrong,
/// rate_limited, busy.
[[nodiscard]] Task<Result<AccountRecord>> prove_password_from(
    const Parts& parts, Audited& audited, Attempt attempt, std::string_view client_address
);

}  // namespace cardea::account::detail
