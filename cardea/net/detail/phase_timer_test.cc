// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/phase_timer.h"

#include <gtest/gtest.h>

namespace cardea::net::detail {
namespace {

constexpr Tick start = 1000;

TEST(PhaseTimer, expires_after_the_limit_of_its_phase) {
    const Limits limits;
    for (const auto& [phase, limit] :
         {std::pair{Phase::head, limits.head},
          {Phase::body, limits.body},
          {Phase::idle, limits.idle},
          {Phase::writing, limits.write}}) {
        PhaseTimer timer(0);
        timer.enter(phase, start);

        EXPECT_FALSE(timer.is_expired(limits, start + static_cast<Tick>(limit.count())));
        EXPECT_TRUE(timer.is_expired(limits, start + static_cast<Tick>(limit.count()) + 1));
    }
}

TEST(PhaseTimer, gives_the_first_byte_the_time_of_a_head) {
    const Limits limits;
    const PhaseTimer timer(start);

    EXPECT_FALSE(timer.is_expired(limits, start + 15));
    EXPECT_TRUE(timer.is_expired(limits, start + 16));
}

TEST(PhaseTimer, is_not_prolonged_by_bytes_that_trickle_in) {
    PhaseTimer timer(start);
    timer.enter(Phase::head, start);

    timer.enter(Phase::head, start + 10);

    EXPECT_TRUE(timer.is_expired(Limits(), start + 16));
}

TEST(PhaseTimer, lets_the_service_take_its_time) {
    PhaseTimer timer(start);
    timer.enter(Phase::answering, start);

    EXPECT_FALSE(timer.is_expired(Limits(), start + 1'000'000));
}

TEST(PhaseTimer, survives_the_end_of_its_count) {
    PhaseTimer timer(0xffff'fffeU);
    timer.enter(Phase::head, 0xffff'fffeU);

    EXPECT_FALSE(timer.is_expired(Limits(), 5));
    EXPECT_TRUE(timer.is_expired(Limits(), 20));
}

}  // namespace
}  // namespace cardea::net::detail
