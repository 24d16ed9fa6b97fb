// SPDX-License-Identifier: Apache-2.0
// The table of docs/guides/sign-in-with.md, row by row.
#include "cardea/account/federation_rules.h"

#include <gtest/gtest.h>

#include <array>
#include <ostream>

namespace cardea::account {

void PrintTo(FederatedWay way, std::ostream* out) {
    constexpr std::array names{"sign_in", "reclaim", "new_account", "ask", "refuse"};
    *out << names.at(static_cast<std::size_t>(way));
}

namespace {

using enum FederatedWay;
using enum RegistrationMode;

enum class Address { not_verified, free, unproven, proven, proven_without_password, of_disabled };

std::optional<AccountRecord> holder(Address address) {
    if (address == Address::not_verified || address == Address::free) {
        return std::nullopt;
    }
    AccountRecord account;
    account.email_verified = address != Address::unproven;
    account.password_hash = address == Address::proven_without_password ? "" : "$argon2id$";
    account.status = address == Address::of_disabled ? Status::disabled : Status::active;
    return account;
}

struct Row {
    bool is_linked;
    Address address;
    RegistrationMode registration;
    FederatedWay way;
    bool takes_address = false;
    bool offers_password = false;
    RegistrationMode offers_account = closed;
};

constexpr std::array rows{
    // The identity is known: nothing else counts.
    Row{true, Address::not_verified, closed, sign_in},
    Row{true, Address::free, open, sign_in},
    Row{true, Address::unproven, open, sign_in},
    Row{true, Address::proven, by_invitation, sign_in},
    Row{true, Address::of_disabled, closed, sign_in},
    // Nobody here has the address, or it proves nothing.
    Row{false, Address::not_verified, open, new_account, false, false, open},
    Row{false, Address::not_verified, by_invitation, ask, false, false, by_invitation},
    Row{false, Address::not_verified, closed, refuse},
    Row{false, Address::free, open, new_account, true, false, open},
    Row{false, Address::free, by_invitation, ask, true, false, by_invitation},
    Row{false, Address::free, closed, refuse, true},
    // Somebody wrote the address down here and never proved it.
    Row{false, Address::unproven, open, reclaim},
    Row{false, Address::unproven, by_invitation, reclaim},
    Row{false, Address::unproven, closed, reclaim},
    // Somebody proved it: never without the password, and never their address for another account.
    Row{false, Address::proven, open, ask, false, true, open},
    Row{false, Address::proven, by_invitation, ask, false, true, by_invitation},
    Row{false, Address::proven, closed, ask, false, true, closed},
    Row{false, Address::proven_without_password, open, ask, false, false, open},
    Row{false, Address::proven_without_password, closed, ask, false, false, closed},
    Row{false, Address::of_disabled, open, refuse},
};

TEST(FederationRules, decide_as_the_guide_says) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows.at(i);
        const std::optional<AccountRecord> account = holder(row.address);

        const FederatedDecision decision = decide({
            .is_linked = row.is_linked,
            .is_email_verified = row.address != Address::not_verified,
            .holder = account,
            .registration = row.registration,
        });

        EXPECT_EQ(decision.way, row.way) << "row " << i;
        EXPECT_EQ(decision.takes_address, row.takes_address) << "row " << i;
        EXPECT_EQ(decision.offers_password, row.offers_password) << "row " << i;
        EXPECT_EQ(decision.offers_account, row.offers_account) << "row " << i;
    }
}

TEST(FederationRules, an_address_that_the_provider_did_not_verify_opens_no_account) {
    const std::optional<AccountRecord> account = holder(Address::unproven);

    const FederatedDecision decision = decide({.holder = account, .registration = open});

    EXPECT_EQ(decision.way, new_account);
    EXPECT_FALSE(decision.takes_address);
}

}  // namespace
}  // namespace cardea::account
