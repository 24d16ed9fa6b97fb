// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/gcra.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace cardea::ratelimit {
namespace {

constexpr Time start(std::chrono::seconds(1'700'000'000));

Limit any_limit() {
    return {
        *rc::gen::inRange<std::uint32_t>(1, 50),
        Duration(*rc::gen::inRange(1, 100'000)),
        *rc::gen::inRange<std::uint32_t>(1, 50)
    };
}

/// Moments in order, from a few at once to long pauses.
std::vector<Time> any_moments() {
    std::vector<Time> moments;
    Time now = start;
    for (const int pause : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5'000))) {
        now += Duration(pause);
        moments.push_back(now);
    }
    return moments;
}

RC_GTEST_PROP(GcraProperty, never_allows_more_than_burst_plus_rate, ()) {
    const Limit limit = any_limit();
    GcraState state;
    std::vector<Time> allowed;
    for (const Time now : any_moments()) {
        if (gcra(state, now, limit).allowed) {
            allowed.push_back(now);
        }
    }

    for (std::size_t first = 0; first < allowed.size(); ++first) {
        for (std::size_t last = first; last < allowed.size(); ++last) {
            const auto span = static_cast<std::uint64_t>((allowed[last] - allowed[first]).count());
            const std::uint64_t rate = span * limit.count / static_cast<std::uint64_t>(limit.period.count());
            RC_ASSERT(last - first + 1 <= limit.burst + rate);
        }
    }
}

RC_GTEST_PROP(GcraProperty, allows_again_exactly_after_the_time_it_says, ()) {
    const Limit limit = any_limit();
    GcraState state;
    for (const Time now : any_moments()) {
        const Decision decision = gcra(state, now, limit);
        if (!decision.allowed) {
            RC_ASSERT(decision.retry_after > Duration(0));
            RC_ASSERT(gcra_peek(state, now + decision.retry_after, limit).allowed);
            RC_ASSERT(!gcra_peek(state, now + decision.retry_after - Duration(1), limit).allowed);
        }
    }
}

RC_GTEST_PROP(GcraProperty, allows_exactly_as_many_more_as_it_says, ()) {
    const Limit limit = any_limit();
    GcraState state;
    for (const Time now : any_moments()) {
        const std::uint32_t remaining = gcra(state, now, limit).remaining;
        GcraState copy = state;
        for (std::uint32_t i = 0; i < remaining; ++i) {
            RC_ASSERT(gcra(copy, now, limit).allowed);
        }
        RC_ASSERT(!gcra(copy, now, limit).allowed);
    }
}

RC_GTEST_PROP(GcraProperty, is_full_again_after_the_reset, ()) {
    const Limit limit = any_limit();
    GcraState state;
    for (const Time now : any_moments()) {
        const Decision decision = gcra(state, now, limit);
        RC_ASSERT(gcra_peek(state, now + decision.reset, limit).remaining == limit.burst);
    }
}

RC_GTEST_PROP(GcraProperty, reads_the_limits_it_can_be_given, ()) {
    const std::string text = *rc::gen::string<std::string>();
    const Result<Limit> limit = parse_limit(text);
    if (limit) {
        GcraState state;
        RC_ASSERT(gcra(state, start, *limit).allowed);
    }
}

}  // namespace
}  // namespace cardea::ratelimit
