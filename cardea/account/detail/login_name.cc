// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/login_name.h"

#include "cardea/account/email.h"
#include "cardea/account/username.h"

namespace cardea::account::detail {
namespace {

constexpr std::size_t max_kept = 256;

}  // namespace

LoginName parse_login_name(std::string_view text) {
    if (text.contains('@')) {
        if (const Result<EmailAddress> email = EmailAddress::parse(text)) {
            return {LoginName::Kind::email, email->key()};
        }
    } else if (const Result<Username> username = Username::parse(text)) {
        return {LoginName::Kind::username, username->key()};
    }
    return {LoginName::Kind::none, std::string(text.substr(0, max_kept))};
}

Task<Result<std::optional<AccountRecord>>> find_account(AccountStore& accounts, LoginName name) {
    if (name.kind == LoginName::Kind::email) {
        co_return co_await accounts.find_by_email(std::move(name.key));
    }
    if (name.kind == LoginName::Kind::username) {
        co_return co_await accounts.find_by_username(std::move(name.key));
    }
    co_return std::optional<AccountRecord>();
}

}  // namespace cardea::account::detail
