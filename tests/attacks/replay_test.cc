// SPDX-License-Identifier: Apache-2.0
// Threat: somebody sends again what was sent once: the cookie of a flow, an invitation, an old session token.
#include "tests/support/account_world.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using flow::Carrier;
using flow::Flow;
using flow::FlowState;
using testing::AccountWorld;
using testing::run;

class Replay : public ::testing::Test {
 protected:
    Result<SignedIn> sign_in_with(const FlowState& state) {
        Credentials credentials{"anna@example.com", SecretText(AccountWorld::good_password)};
        return run(world.service.sign_in(std::move(credentials), {}, world.facts, state));
    }

    AccountWorld world;
    AccountRecord anna = world.person("anna@example.com");
};

TEST_F(Replay, a_sign_in_form_is_good_for_one_sign_in) {
    const auto begun = world.service.begin({.flow = Flow::sign_in});
    const std::string cookie = world.flows.seal(begun, Carrier::cookie);

    ASSERT_TRUE(sign_in_with(world.flows.open(cookie, Flow::sign_in, Carrier::cookie).value()));

    const auto again = sign_in_with(world.flows.open(cookie, Flow::sign_in, Carrier::cookie).value());
    EXPECT_EQ(again.error().code, Errc::replayed);
    EXPECT_EQ(world.references.explain(again.error().reference)->rule, audit::Rule::flow_state);
    EXPECT_EQ(run(world.sessions.list(anna.id))->size(), 1U);
}

TEST_F(Replay, a_wrong_password_does_not_use_the_form_up) {
    const FlowState form = world.service.begin({.flow = Flow::sign_in});
    Credentials wrong{"anna@example.com", SecretText("wrong password")};
    EXPECT_FALSE(run(world.service.sign_in(std::move(wrong), {}, world.facts, form)));

    EXPECT_TRUE(sign_in_with(form));
}

TEST_F(Replay, a_form_that_was_left_open_too_long_signs_nobody_in) {
    const FlowState form = world.service.begin({.flow = Flow::sign_in});
    world.clock.advance(flow::flow_lifetime);

    EXPECT_EQ(sign_in_with(form).error().code, Errc::expired);
}

TEST_F(Replay, the_state_of_another_flow_signs_nobody_in) {
    for (const Flow other :
         {Flow::registration, Flow::invited_registration, Flow::password_change, Flow::step_up}) {
        const FlowState state = world.flows.begin({.flow = other, .account = anna.id});
        EXPECT_FALSE(sign_in_with(state)) << name(other);
    }
    EXPECT_TRUE(run(world.sessions.list(anna.id))->empty());
}

TEST_F(Replay, two_uses_of_one_invitation_at_the_same_moment_make_one_account) {
    const std::string code = run(world.directory.make_invitation({}, "operator")).value();
    std::vector<Task<Result<AccountRecord>>> uses;
    for (const char* email : {"ben@example.com", "cem@example.com", "dua@example.com"}) {
        Registration registration = world.registration(email);
        registration.invitation = code;
        uses.push_back(world.service.register_account(std::move(registration), world.facts, std::nullopt));
    }

    int made = 0;
    for (const Result<AccountRecord>& result : testing::run_all(std::move(uses))) {
        made += result ? 1 : 0;
    }

    EXPECT_EQ(made, 1);
}

TEST_F(Replay, asvs5_7_4_1_an_old_session_token_opens_nothing) {
    const SignedIn mine = world.sign_in("anna@example.com").value();
    ASSERT_TRUE(run(world.service.sign_out(mine.session.record, world.facts)));

    EXPECT_FALSE(world.is_live(mine));
}

TEST_F(Replay, asvs5_7_2_3_a_token_of_one_transport_is_none_of_the_other) {
    const SignedIn mine = world.sign_in("anna@example.com").value();

    EXPECT_FALSE(run(world.sessions.authenticate({mine.session.token.hash(), session::Transport::bearer})));
}

}  // namespace
}  // namespace cardea::account
