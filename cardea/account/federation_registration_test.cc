// SPDX-License-Identifier: Apache-2.0
// Who may make an account by a provider.
#include "cardea/account/federation.h"
#include "tests/support/federation_fixture.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::run;

class FederationByInvitation : public Federation {
 protected:
    FederationByInvitation() : Federation(RegistrationMode::by_invitation) {}
};

TEST_F(FederationByInvitation, a_new_identity_needs_an_invitation) {
    const FederatedQuestion question = ask(at_provider("1", "anna@example.com"));
    EXPECT_FALSE(question.has_account);
    EXPECT_EQ(question.offers_account, RegistrationMode::by_invitation);

    EXPECT_EQ(refusal(newly(question)), Errc::forbidden);
    EXPECT_EQ(refusal(newly(question, "made up")), Errc::forbidden);
    const std::string for_ben =
        run(world.directory.make_invitation({.email = "ben@example.com"}, "operator")).value();
    EXPECT_EQ(refusal(newly(question, for_ben)), Errc::forbidden);

    const std::string code =
        run(world.directory.make_invitation({.email = "anna@example.com"}, "operator")).value();
    const Result<SignedIn> signed_in = newly(question, code);
    ASSERT_TRUE(signed_in);
    EXPECT_EQ(signed_in->account.email, "anna@example.com");
    EXPECT_TRUE(has_row(audit::Event::invitation_used));
}

TEST_F(FederationByInvitation, an_account_that_cannot_be_made_leaves_the_invitation_good) {
    const std::string code = run(world.directory.make_invitation({}, "operator")).value();
    const FederatedQuestion question = ask(at_provider("1", "anna@example.com"));
    world.identity_rows.before_insert_account = [&] {
        AccountRecord rival;
        rival.id = AccountId::make(world.random);
        rival.email = rival.email_key = "anna@example.com";
        ASSERT_TRUE(run(world.accounts.insert(rival, {})));
    };

    EXPECT_EQ(refusal(newly(question, code)), Errc::conflict);
    EXPECT_TRUE(newly(ask(at_provider("2", "ben@example.com")), code));
    EXPECT_EQ(refusal(newly(ask(at_provider("3", "eve@example.com")), code)), Errc::replayed);
}

TEST_F(FederationByInvitation, asks_the_same_again) {
    const FederatedQuestion question = ask(at_provider("1", "anna@example.com"));

    const Result<FederatedQuestion> again = run(world.federation.question(question.flow));

    ASSERT_TRUE(again);
    EXPECT_EQ(again->email, "anna@example.com");
    EXPECT_EQ(again->offers_account, RegistrationMode::by_invitation);
}

class FederationClosed : public Federation {
 protected:
    FederationClosed() : Federation(RegistrationMode::closed) {}
};

TEST_F(FederationClosed, refuses_a_new_identity) {
    EXPECT_EQ(refusal(come_back(at_provider("1", "anna@example.com"))), Errc::forbidden);
    EXPECT_EQ(run(world.accounts.list({})).value().size(), 0U);
}

TEST_F(FederationClosed, an_operator_lets_people_in_by_their_address) {
    const AccountRecord added = run(world.directory.add({.email = "anna@example.com"}, "operator")).value();

    EXPECT_EQ(sign_in(at_provider("1", "anna@example.com")).account.id, added.id);
}

}  // namespace
}  // namespace cardea::account
