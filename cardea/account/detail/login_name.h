// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/store.h"

#include <optional>
#include <string>
#include <string_view>

namespace cardea::account::detail {

/// What a person typed as their name, in the form in which accounts are looked up.
struct LoginName {
    enum class Kind : unsigned char { none, email, username };

    Kind kind = Kind::none;  ///< none: no account can have such a name
    std::string key;         ///< never empty of meaning: for `none`, the beginning of what was typed
};

[[nodiscard]] LoginName parse_login_name(std::string_view text);

[[nodiscard]] Task<Result<std::optional<AccountRecord>>> find_account(AccountStore& accounts, LoginName name);

}  // namespace cardea::account::detail
