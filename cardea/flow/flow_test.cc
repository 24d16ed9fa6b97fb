// SPDX-License-Identifier: Apache-2.0
#include "cardea/flow/flow.h"

#include "cardea/crypto/keyring.h"
#include "tests/support/run_task.h"

#include <gtest/gtest.h>

#include <map>

namespace cardea::flow {
namespace {

class RememberingStore final : public OneTimeStore {
 public:
    Task<Result<bool>> consume(OneTimeHash hash, Time expires_at) override {
        co_return used_.emplace(hash, expires_at).second;
    }
    Task<Result<std::size_t>> purge_expired(Time, std::size_t) override { co_return std::size_t{0}; }

    std::map<OneTimeHash, Time> used_;
};

class FlowEngineTest : public ::testing::Test {
 protected:
    Result<FlowState> finish(const FlowState& state, Step step, AccountId account) {
        return testing::run(engine.finish_step(state, step, account));
    }

    FakeClock clock;
    FakeRandom random;
    RememberingStore used;
    crypto::Keyring keyring =
        crypto::Keyring::parse("correct-horse-battery-staple-0123456789-abcdef").value();
    FlowEngine engine{keyring, used, clock, random};
    AccountId anna = AccountId::make(random);
    AccountId ben = AccountId::make(random);
};

TEST_F(FlowEngineTest, seals_and_opens_a_state) {
    const FlowState state =
        engine.begin({.flow = Flow::password_change, .account = anna, .next = "/account"});

    const Result<FlowState> opened =
        engine.open(engine.seal(state, Carrier::cookie), Flow::password_change, Carrier::cookie);

    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->id(), state.id());
    EXPECT_EQ(opened->progress(), state.progress());
    EXPECT_EQ(opened->next(), "/account");
    EXPECT_EQ(opened->subject(), "");
}

TEST_F(FlowEngineTest, refuses_a_state_of_another_kind_or_another_key_or_after_its_time) {
    const std::string sealed = engine.seal(engine.begin({.flow = Flow::sign_in}), Carrier::cookie);
    const crypto::Keyring other = crypto::Keyring::parse("another-secret-9876543210-zyxwvutsrqponm").value();
    const FlowEngine stranger(other, used, clock, random);

    EXPECT_EQ(engine.open(sealed, Flow::registration, Carrier::cookie).error().code, Errc::invalid);
    EXPECT_EQ(stranger.open(sealed, Flow::sign_in, Carrier::cookie).error().code, Errc::signature_invalid);
    EXPECT_EQ(engine.open("nonsense", Flow::sign_in, Carrier::cookie).error().code, Errc::malformed);
    clock.advance(flow_lifetime);
    EXPECT_EQ(engine.open(sealed, Flow::sign_in, Carrier::cookie).error().code, Errc::expired);
}

TEST_F(FlowEngineTest, what_was_sealed_for_one_carrier_is_worth_nothing_by_the_other) {
    const FlowState state = engine.begin({.flow = Flow::invited_registration});
    const std::string cookie = engine.seal(state, Carrier::cookie);
    const std::string invitation = engine.seal(state, Carrier::invitation);

    const auto as_invitation = engine.open(cookie, Flow::invited_registration, Carrier::invitation);
    const auto as_cookie = engine.open(invitation, Flow::invited_registration, Carrier::cookie);
    EXPECT_EQ(as_invitation.error().code, Errc::signature_invalid);
    EXPECT_EQ(as_cookie.error().code, Errc::signature_invalid);
    EXPECT_TRUE(engine.open(invitation, Flow::invited_registration, Carrier::invitation));
}

TEST_F(FlowEngineTest, drops_text_that_is_too_long_to_carry) {
    const FlowState state = engine.begin({.next = std::string(max_carried_text + 1, 'x')});

    EXPECT_EQ(state.next(), "");
}

TEST_F(FlowEngineTest, carries_what_a_step_found_out) {
    const FlowState begun = engine.begin({.flow = Flow::federated_sign_in, .next = "/wiki"});
    const Result<FlowState> proven = finish(begun, Step::provider, AccountId());
    ASSERT_TRUE(proven);

    const Result<FlowState> carrying = FlowEngine::carry(*proven, "who it is");
    ASSERT_TRUE(carrying);
    const Result<FlowState> opened =
        engine.open(engine.seal(*carrying, Carrier::cookie), Flow::federated_sign_in, Carrier::cookie);

    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->subject(), "who it is");
    EXPECT_EQ(opened->next(), "/wiki");
    EXPECT_EQ(opened->progress(), proven->progress());
    const std::string too_long(max_carried_text + 1, 'x');
    EXPECT_EQ(FlowEngine::carry(*proven, too_long).error().code, Errc::too_large);
}

TEST_F(FlowEngineTest, completes_when_the_required_steps_were_consumed) {
    const FlowState begun = engine.begin({.flow = Flow::sign_in});
    EXPECT_FALSE(FlowEngine::complete<Flow::sign_in>(begun));

    const Result<FlowState> finished = finish(begun, Step::password, anna);

    ASSERT_TRUE(finished);
    const Result<Completed<Flow::sign_in>> proof = FlowEngine::complete<Flow::sign_in>(*finished);
    ASSERT_TRUE(proof);
    EXPECT_EQ(proof->account(), anna);
    EXPECT_FALSE(FlowEngine::complete<Flow::step_up>(*finished));
    EXPECT_EQ(used.used_.size(), 1U);
    EXPECT_EQ(used.used_.begin()->second, begun.progress().expires_at);
}

TEST_F(FlowEngineTest, hands_the_last_step_to_whoever_consumes_it) {
    const FlowState begun = engine.begin({.flow = Flow::sign_in});

    const auto last = engine.take_last_step<Flow::sign_in>(begun, Step::password, anna);

    ASSERT_TRUE(last);
    EXPECT_EQ(last->account(), anna);
    EXPECT_EQ(last->use().hash, one_time_hash(begun.id(), State::begun, AccountId()));
    EXPECT_EQ(last->use().expires_at, begun.progress().expires_at);
    EXPECT_TRUE(used.used_.empty());
}

TEST_F(FlowEngineTest, a_step_that_does_not_end_the_flow_is_no_last_step) {
    const FlowState change = engine.begin({.flow = Flow::password_change, .account = anna});
    const FlowState begun = engine.begin({.flow = Flow::sign_in});
    const Result<FlowState> finished = finish(begun, Step::password, anna);

    const auto first_of_two = engine.take_last_step<Flow::password_change>(change, Step::password, anna);
    const auto of_another_kind = engine.take_last_step<Flow::step_up>(begun, Step::password, anna);
    const auto after_the_end = engine.take_last_step<Flow::sign_in>(*finished, Step::password, anna);
    const auto of_nobody = engine.take_last_step<Flow::sign_in>(begun, Step::password, AccountId());
    clock.advance(flow_lifetime);
    const auto too_late = engine.take_last_step<Flow::sign_in>(begun, Step::password, anna);

    EXPECT_EQ(first_of_two.error().code, Errc::invalid);
    EXPECT_EQ(of_another_kind.error().code, Errc::invalid);
    EXPECT_EQ(after_the_end.error().code, Errc::replayed);
    EXPECT_EQ(of_nobody.error().code, Errc::invalid);
    EXPECT_EQ(too_late.error().code, Errc::expired);
}

TEST_F(FlowEngineTest, takes_all_steps_to_the_end_and_leaves_their_values_to_be_consumed) {
    const FlowState invitation = engine.begin({.flow = Flow::invited_registration});
    const std::array both{StepBy{Step::invitation, {}}, StepBy{Step::new_account, anna}};

    const auto uses = engine.take_to_end(invitation, both);

    ASSERT_TRUE(uses);
    ASSERT_EQ(uses->size(), 2U);
    EXPECT_EQ(uses->front().hash, one_time_hash(invitation.id(), State::begun, AccountId()));
    EXPECT_EQ(uses->back().hash, one_time_hash(invitation.id(), State::invited, AccountId()));
    EXPECT_TRUE(used.used_.empty());
}

TEST_F(FlowEngineTest, steps_that_do_not_lead_to_the_end_are_not_taken_to_it) {
    const FlowState invitation = engine.begin({.flow = Flow::invited_registration});
    const std::array both{StepBy{Step::invitation, {}}, StepBy{Step::new_account, anna}};
    const std::span<const StepBy> steps(both);

    const auto too_few = engine.take_to_end(invitation, steps.first(1));
    const auto without_the_invitation = engine.take_to_end(invitation, steps.last(1));
    clock.advance(flow_lifetime);
    const auto too_late = engine.take_to_end(invitation, steps);

    EXPECT_EQ(too_few.error().code, Errc::invalid);
    EXPECT_EQ(without_the_invitation.error().code, Errc::invalid);
    EXPECT_EQ(too_late.error().code, Errc::expired);
}

TEST_F(FlowEngineTest, replay_of_a_finished_step_is_refused_whoever_comes) {
    const FlowState begun = engine.begin({.flow = Flow::sign_in});
    ASSERT_TRUE(finish(begun, Step::password, anna));

    EXPECT_EQ(finish(begun, Step::password, anna).error().code, Errc::replayed);
    EXPECT_EQ(finish(begun, Step::password, ben).error().code, Errc::replayed);
}

TEST_F(FlowEngineTest, a_state_of_one_flow_is_worth_nothing_in_another) {
    EXPECT_NE(
        one_time_hash(engine.begin({}).id(), State::begun, anna),
        one_time_hash(engine.begin({}).id(), State::begun, anna)
    );
    const FlowId flow = engine.begin({}).id();
    EXPECT_NE(one_time_hash(flow, State::begun, anna), one_time_hash(flow, State::password_proven, anna));
    EXPECT_NE(one_time_hash(flow, State::begun, anna), one_time_hash(flow, State::begun, ben));
}

TEST_F(FlowEngineTest, a_state_is_left_once_by_whichever_of_its_steps) {
    const FlowState begun = engine.begin({.flow = Flow::federated_sign_in});
    const FlowState proven = finish(begun, Step::provider, AccountId()).value();
    ASSERT_TRUE(finish(proven, Step::password, anna));

    for (const Step step : {Step::password, Step::linked_identity, Step::new_account}) {
        EXPECT_EQ(finish(proven, step, anna).error().code, Errc::replayed) << name(step);
    }
}

TEST_F(FlowEngineTest, an_expired_flow_consumes_nothing) {
    const FlowState begun = engine.begin({.flow = Flow::sign_in});
    clock.advance(flow_lifetime);

    EXPECT_EQ(finish(begun, Step::password, anna).error().code, Errc::expired);
    EXPECT_TRUE(used.used_.empty());
}

TEST_F(FlowEngineTest, another_account_cannot_go_on_with_a_flow) {
    const FlowState begun = engine.begin({.flow = Flow::password_change, .account = anna});
    const Result<FlowState> proven = finish(begun, Step::password, anna);

    ASSERT_TRUE(proven);
    EXPECT_EQ(finish(*proven, Step::new_password, ben).error().code, Errc::forbidden);
    EXPECT_TRUE(finish(*proven, Step::new_password, anna));
}

}  // namespace
}  // namespace cardea::flow
