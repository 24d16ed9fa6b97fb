// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/email_proof.h"

#include "cardea/account/guess_guard.h"
#include "cardea/apikey/service.h"
#include "cardea/session/service.h"

#include <utility>

namespace cardea::account::detail {

bool is_address_of(const EmailAddress& email, const AccountRecord& account) {
    const Result<EmailAddress> own = EmailAddress::parse(account.email);
    return own && email.is_proof_of(*own);
}

Task<Result<AccountRecord>> prove_email(
    const Parts& parts, AccountRecord account, Kept kept, const RequestFacts& facts
) {
    Audited audited(parts, audit::Event::email_verified, facts);
    audited.concerns(account.id);
    // The row comes first: a crash may leave a row of what did not come to pass, never the reverse.
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    account.email_verified = true;
    account.password_hash.clear();
    account.password_changed_at = parts.clock.now();
    Result<> reclaimed = co_await parts.accounts.reclaim(account, account.version, std::move(kept));
    // Whatever the store says: the next request of each session and key asks whether it is there.
    parts.sessions.drop_cached(account.id);
    parts.api_keys.drop_cached(account.id);
    if (!reclaimed) {
        co_return co_await audited.refuse_change(reclaimed.error().code);
    }
    parts.guard.forget(account.id);
    account.failed_attempts = 0;
    ++account.version;
    co_return account;
}

}  // namespace cardea::account::detail
