// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/unlinking.h"

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
    co_return co_await audited.record();
}

}  // namespace cardea::account::detail
