// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/audited.h"
#include "cardea/account/detail/new_account.h"
#include "cardea/account/detail/session_renewal.h"
#include "cardea/account/identity.h"
#include "cardea/account/password_desk.h"
#include "cardea/account/service.h"

namespace cardea::account {

using audit::Rule;
using detail::Audited;

Task<Result<std::optional<session::SessionToken>>> AccountService::set_first_password(
    session::SessionRecord session, SecretText password, RequestFacts facts
) {
    Audited audited(parts_, audit::Event::password_changed, facts);
    audited.concerns(session.account);
    if (needs_step_up(session)) {
        co_return co_await audited.refuse(Errc::step_up_required, Rule::step_up);
    }
    Result<AccountRecord> account = co_await load_active_account(parts_.accounts, session.account);
    if (!account) {
        co_return propagate(account);
    }
    if (!account->password_hash.empty()) {
        co_return fail(Errc::conflict, "the account has a password");
    }
    Result<password::Password> chosen = detail::parse_new_password(parts_, *account, password);
    if (!chosen) {
        co_return co_await detail::refuse_choice(audited, chosen.error());
    }
    Result<std::string> hash = co_await parts_.passwords.hash(std::move(*chosen), account->id);
    if (!hash) {
        co_return co_await detail::refuse_choice(audited, hash.error());
    }
    // The row comes first, as for every change of a password.
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    account->password_hash = std::move(*hash);
    account->password_changed_at = parts_.clock.now();
    Result<> updated = co_await parts_.accounts.update(*account, account->version, session.id);
    if (!updated) {
        co_return co_await audited.refuse_change(updated.error().code);
    }
    parts_.sessions.drop_cached(session.account);
    co_return co_await detail::renew_token(parts_, session.token_hash);
}

}  // namespace cardea::account
