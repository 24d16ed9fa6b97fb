// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/identity.h"

namespace cardea::account {

Task<Result<AccountRecord>> load_account(AccountStore& accounts, AccountId account) {
    Result<std::optional<AccountRecord>> found = co_await accounts.find(account);
    if (!found) {
        co_return propagate(found);
    }
    if (!*found) {
        co_return fail(Errc::not_found, "account");
    }
    co_return std::move(**found);
}

Task<Result<AccountRecord>> load_active_account(AccountStore& accounts, AccountId account) {
    Result<AccountRecord> loaded = co_await load_account(accounts, account);
    if (loaded && loaded->status != Status::active) {
        co_return fail(Errc::account_disabled, "account");
    }
    co_return loaded;
}

Task<Result<std::shared_ptr<const session::Subject>>> IdentityLoader::load(
    const session::SessionRecord& record
) {
    Result<AccountRecord> account = co_await load_active_account(accounts_, record.account);
    if (!account) {
        co_return propagate(account);
    }
    std::shared_ptr<const session::Subject> identity = std::make_shared<const Identity>(*account);
    co_return identity;
}

}  // namespace cardea::account
