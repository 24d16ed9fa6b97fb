// SPDX-License-Identifier: Apache-2.0
#include "cardea/flow/table.h"

#include <gtest/gtest.h>

#include <deque>
#include <set>
#include <tuple>

namespace cardea::flow {
namespace {

constexpr std::array all_flows{
    Flow::sign_in,
    Flow::registration,
    Flow::invited_registration,
    Flow::password_change,
    Flow::step_up,
    Flow::federated_sign_in,
    Flow::identity_linking,
};
constexpr std::array all_steps{
    Step::invitation,
    Step::new_account,
    Step::password,
    Step::new_password,
    Step::provider,
    Step::linked_identity,
};
constexpr Time start{std::chrono::seconds(1'700'000'000)};
constexpr Time end = start + std::chrono::minutes(10);

AccountId somebody() {
    FakeRandom random(7);
    return AccountId::make(random);
}

AccountId somebody_else() {
    FakeRandom random(8);
    return AccountId::make(random);
}

Progress begun(Flow flow) {
    return {.flow = flow, .expires_at = end};
}

/// Every progress that any sequence of steps, by either account or none, leads to.
std::vector<Progress> walk() {
    std::deque<Progress> open;
    std::set<std::tuple<Flow, State, std::uint8_t, AccountId>> seen;
    std::vector<Progress> reached;
    for (const Flow flow : all_flows) {
        open.push_back(begun(flow));
    }
    while (!open.empty()) {
        const Progress here = open.front();
        open.pop_front();
        if (!seen.emplace(here.flow, here.state, here.done.bits(), here.account).second) {
            continue;
        }
        reached.push_back(here);
        for (const Step step : all_steps) {
            for (const AccountId account : {AccountId(), somebody(), somebody_else()}) {
                if (const Result<Progress> next = advance(here, step, account, start)) {
                    open.push_back(*next);
                }
            }
        }
    }
    return reached;
}

TEST(FlowTable, walk_reaches_every_state_that_the_table_names) {
    const std::vector<Progress> reached = walk();

    for (const Transition& row : transitions) {
        EXPECT_TRUE(std::ranges::any_of(
            reached,
            [&](const Progress& p) {
                return p.flow == row.flow && p.state == row.to && p.done.contains(steps(row.step));
            }
        )) << name(row.flow)
           << " " << name(row.step);
    }
}

TEST(FlowTable, no_flow_is_complete_without_every_required_step) {
    for (const Progress& reached : walk()) {
        if (reached.state != State::finished) {
            EXPECT_FALSE(is_complete(reached));
            continue;
        }
        EXPECT_TRUE(reached.done.contains(required_steps(reached.flow))) << name(reached.flow);
        EXPECT_EQ(is_complete(reached), !reached.account.is_nil());
    }
}

TEST(FlowTable, nothing_leads_out_of_a_finished_flow) {
    for (const Progress& reached : walk()) {
        if (reached.state != State::finished) {
            continue;
        }
        for (const Step step : all_steps) {
            const Result<Progress> next = advance(reached, step, reached.account, start);
            ASSERT_FALSE(next);
            EXPECT_EQ(next.error().code, Errc::replayed);
        }
    }
}

TEST(FlowTable, nothing_leads_out_of_an_expired_flow) {
    for (const Progress& reached : walk()) {
        for (const Step step : all_steps) {
            const Result<Progress> next = advance(reached, step, reached.account, end);
            ASSERT_FALSE(next);
            EXPECT_EQ(next.error().code, Errc::expired);
        }
    }
}

TEST(FlowTable, a_step_is_done_once) {
    for (const Progress& reached : walk()) {
        for (const Step step : all_steps) {
            if (reached.done.contains(steps(step))) {
                EXPECT_EQ(advance(reached, step, reached.account, start).error().code, Errc::replayed);
            }
        }
    }
}

TEST(FlowTable, a_flow_stays_with_the_account_that_it_belongs_to) {
    Progress mine = begun(Flow::password_change);
    mine.account = somebody();

    for (const AccountId other : {somebody_else(), AccountId()}) {
        const Result<Progress> next = advance(mine, Step::password, other, start);
        ASSERT_FALSE(next);
        EXPECT_EQ(next.error().code, Errc::forbidden);
    }
    EXPECT_TRUE(advance(mine, Step::password, somebody(), start));
}

TEST(FlowTable, every_flow_has_its_requirement) {
    for (const Flow flow : all_flows) {
        EXPECT_NE(required_steps(flow), Steps()) << name(flow);
        EXPECT_NE(required_steps(flow), Steps(0xff)) << name(flow);
    }
}

TEST(FlowTable, nobody_gets_in_by_a_provider_without_having_been_there) {
    for (const Step step : {Step::linked_identity, Step::password, Step::new_account}) {
        const Result<Progress> next = advance(begun(Flow::federated_sign_in), step, somebody(), start);
        ASSERT_FALSE(next);
        EXPECT_EQ(next.error().code, Errc::invalid);
    }
}

TEST(FlowTable, proving_again_by_a_provider_who_is_there_signs_in_nobody_else) {
    Progress mine = begun(Flow::federated_sign_in);
    mine.account = somebody();
    const Progress proven = advance(mine, Step::provider, somebody(), start).value();

    const Result<Progress> other = advance(proven, Step::linked_identity, somebody_else(), start);

    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, Errc::forbidden);
    EXPECT_TRUE(is_complete(advance(proven, Step::linked_identity, somebody(), start).value()));
}

TEST(FlowTable, a_step_out_of_order_leads_nowhere) {
    EXPECT_EQ(
        advance(begun(Flow::password_change), Step::new_password, somebody(), start).error().code,
        Errc::invalid
    );
    EXPECT_EQ(
        advance(begun(Flow::invited_registration), Step::new_account, somebody(), start).error().code,
        Errc::invalid
    );
}

}  // namespace
}  // namespace cardea::flow
