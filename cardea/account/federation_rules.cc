// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/federation_rules.h"

namespace cardea::account {
namespace {

/// What somebody may do to whom no account here belongs yet.
FederatedDecision as_newcomer(const FederatedCase& facts) noexcept {
    FederatedDecision decision{
        .takes_address = facts.is_email_verified, .offers_account = facts.registration
    };
    switch (facts.registration) {
        case RegistrationMode::closed:
            decision.way = FederatedWay::refuse;
            break;
        case RegistrationMode::by_invitation:
            decision.way = FederatedWay::ask;
            break;
        case RegistrationMode::open:
            decision.way = FederatedWay::new_account;
            break;
    }
    return decision;
}

/// The same where an account has their address.
FederatedDecision beside(const AccountRecord& holder, RegistrationMode registration) noexcept {
    if (holder.status != Status::active) {
        return {.way = FederatedWay::refuse};
    }
    if (!holder.email_verified) {
        return {.way = FederatedWay::reclaim};
    }
    return {
        .way = FederatedWay::ask,
        .takes_address = false,
        .offers_password = !holder.password_hash.empty(),
        .offers_account = registration,
    };
}

}  // namespace

FederatedDecision decide(const FederatedCase& facts) noexcept {
    if (facts.is_linked) {
        return {.way = FederatedWay::sign_in};
    }
    if (facts.is_email_verified && facts.holder) {
        return beside(*facts.holder, facts.registration);
    }
    return as_newcomer(facts);
}

}  // namespace cardea::account
