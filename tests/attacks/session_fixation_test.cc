// SPDX-License-Identifier: Apache-2.0
// Threat: an attacker plants a session or a half-finished flow in a victim's browser and waits for them to
// sign in with it.
#include "tests/support/account_world.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using testing::run;

class Fixation : public ::testing::Test {
 protected:
    AccountWorld world;
    AccountRecord victim = world.person("victim@example.com");
    AccountRecord attacker = world.person("attacker@example.com");
};

TEST_F(Fixation, asvs5_7_2_4_signing_in_over_a_live_session_ends_it_and_makes_a_new_token) {
    const SignedIn planted = world.sign_in("attacker@example.com").value();
    world.wish.replaces = session::name_of(planted.session.record);

    const SignedIn fresh = world.sign_in("victim@example.com").value();

    EXPECT_FALSE(world.is_live(planted));
    EXPECT_TRUE(world.is_live(fresh));
    EXPECT_NE(fresh.session.record.id, planted.session.record.id);
    EXPECT_NE(fresh.session.token.hash(), planted.session.token.hash());
    EXPECT_EQ(fresh.session.record.data, "{}");
}

TEST_F(Fixation, a_sign_in_that_fails_leaves_the_live_session) {
    const SignedIn mine = world.sign_in("victim@example.com").value();
    world.wish.replaces = session::name_of(mine.session.record);

    EXPECT_EQ(world.refusal("victim@example.com"), Errc::credentials_wrong);
    EXPECT_TRUE(world.is_live(mine));
}

TEST_F(Fixation, asvs5_7_2_4_changing_the_password_and_confirming_it_make_new_tokens) {
    const SignedIn mine = world.sign_in("victim@example.com").value();
    PasswordChange change{SecretText(AccountWorld::good_password), SecretText("another good passphrase")};

    const auto changed =
        run(world.service.change_password(mine.session.record, std::move(change), world.facts));
    ASSERT_TRUE(changed && *changed);
    EXPECT_FALSE(world.is_live(mine));
    session::SessionRecord now = mine.session.record;
    now.token_hash = (*changed)->hash();
    const auto confirmed =
        run(world.service.confirm_password(now, SecretText("another good passphrase"), world.facts));
    ASSERT_TRUE(confirmed);
    EXPECT_FALSE(world.is_live(**changed));
    EXPECT_TRUE(world.is_live(confirmed->token));
}

TEST_F(Fixation, a_flow_that_the_attacker_has_finished_cannot_be_finished_by_the_victim) {
    const flow::FlowState planted = world.service.begin({.flow = flow::Flow::sign_in});
    Credentials theirs{"attacker@example.com", SecretText(AccountWorld::good_password)};
    Credentials mine{"victim@example.com", SecretText(AccountWorld::good_password)};
    ASSERT_TRUE(run(world.service.sign_in(std::move(theirs), {}, world.facts, planted)));

    const auto tried = run(world.service.sign_in(std::move(mine), {}, world.facts, planted));

    EXPECT_EQ(tried.error().code, Errc::replayed);
    EXPECT_TRUE(run(world.sessions.list(victim.id))->empty());
}

}  // namespace
}  // namespace cardea::account
