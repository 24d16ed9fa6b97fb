// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/unlinking.h"

#include "cardea/account/identity.h"
#include "cardea/session/service.h"

#include <algorithm>
#include <vector>

namespace cardea::account::detail {
namespace {

/// Another identity that is a way in; nil when there is none.
FederatedIdentityId find_other_way(
    const std::vector<FederatedIdentity>& identities, const AccountPolicy& policy, FederatedIdentityId target
) {
    const auto other = std::ranges::find_if(identities, [&](const FederatedIdentity& identity) {
        return identity.id != target && std::ranges::count(policy.issuers, identity.issuer) > 0;
    });
    return other == identities.end() ? FederatedIdentityId() : other->id;
}

Task<Result<bool>> keeps_a_way_in(AccountStore& accounts, AccountId id, UnlinkTerms terms) {
    Result<AccountRecord> account = co_await load_account(accounts, id);
    if (!account) {
        co_return propagate(account);
    }
    const bool has_another = !account->password_hash.empty() || !terms.remaining.is_nil();
    co_return has_another || terms.way_in == WayIn::may_go;
}

/// Whoever asks by a session that has ended hears that, whatever else stands against it.
Task<std::unexpected<Error>> refuse_last_way(const Parts& parts, Audited& audited, Unlinking unlinking) {
    if (unlinking.session) {
        const Result<std::vector<session::SessionRecord>> sessions =
            co_await parts.sessions.list(unlinking.account);
        if (sessions && std::ranges::count(*sessions, *unlinking.session, &session::SessionRecord::id) == 0) {
            co_return co_await audited.refuse_change(Errc::unauthenticated);
        }
    }
    co_return co_await audited.refuse(Errc::conflict, audit::Rule::last_way_in);
}

Task<Result<>> carry_out(const Parts& parts, Audited& audited, Unlinking unlinking, UnlinkTerms terms) {
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return recorded;
    }
    Result<bool> removed = co_await parts.identities.remove(unlinking.account, unlinking.target, terms);
    // Whatever the store says: the next request of each session asks whether it is there.
    parts.sessions.drop_cached(unlinking.account);
    if (!removed && removed.error().code == Errc::conflict) {
        co_return co_await audited.refuse(Errc::conflict, audit::Rule::last_way_in);
    }
    if (!removed) {
        co_return co_await audited.refuse_change(removed.error().code);
    }
    if (!*removed) {
        co_return fail(Errc::not_found, "federated identity");
    }
    co_return Result<>();
}

}  // namespace

Task<Result<>> unlink(
    const Parts& parts, const AccountPolicy& policy, Audited& audited, Unlinking unlinking
) {
    Result<std::vector<FederatedIdentity>> linked = co_await parts.identities.list(unlinking.account);
    if (!linked) {
        co_return propagate(linked);
    }
    const auto target = std::ranges::find(*linked, unlinking.target, &FederatedIdentity::id);
    if (target == linked->end()) {
        co_return fail(Errc::not_found, "federated identity");
    }
    audited.concerns(target->issuer, target->subject);
    UnlinkTerms terms;
    terms.session = unlinking.session;
    terms.remaining = find_other_way(*linked, policy, unlinking.target);
    terms.way_in = unlinking.way_in;
    // The store sees to it; asking first saves a row for what does not come to pass.
    Result<bool> way_stays = co_await keeps_a_way_in(parts.accounts, unlinking.account, terms);
    if (!way_stays) {
        co_return propagate(way_stays);
    }
    if (!*way_stays) {
        co_return co_await refuse_last_way(parts, audited, unlinking);
    }
    co_return co_await carry_out(parts, audited, unlinking, terms);
}

}  // namespace cardea::account::detail
