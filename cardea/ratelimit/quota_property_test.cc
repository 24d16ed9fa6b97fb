// SPDX-License-Identifier: Apache-2.0
// What holds for every strategy, limit and sequence of moments.
#include "cardea/ratelimit/quota.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace cardea::ratelimit {
namespace {

constexpr Time start(std::chrono::seconds(1'700'000'000));

Strategy any_strategy() {
    return *rc::gen::element(
        Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window
    );
}

Limit any_limit(Strategy strategy) {
    return {
        *rc::gen::inRange<std::uint32_t>(1, 50),
        Duration(*rc::gen::inRange(1, 100'000)),
        strategy == Strategy::gcra ? *rc::gen::inRange<std::uint32_t>(0, 50) : 0
    };
}

Quota any_quota() {
    const Strategy strategy = any_strategy();
    std::vector<Limit> limits;
    for (int left = *rc::gen::inRange(1, 4); left > 0; --left) {
        limits.push_back(any_limit(strategy));
    }
    return Quota::make(std::move(limits), strategy).value();
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

std::vector<Time> allowed_moments(const Quota& quota) {
    std::vector<std::int64_t> state(quota.state_size());
    std::vector<Time> allowed;
    for (const Time now : any_moments()) {
        if (quota.take(state, now).allowed) {
            allowed.push_back(now);
        }
    }
    return allowed;
}

/// The most that happened within any time shorter than `period`.
std::size_t most_within(const std::vector<Time>& moments, Duration period) {
    std::size_t most = 0;
    for (auto first = moments.begin(); first != moments.end(); ++first) {
        const auto last = std::lower_bound(first, moments.end(), *first + period);
        most = std::max(most, static_cast<std::size_t>(last - first));
    }
    return most;
}

RC_GTEST_PROP(GcraProperty, never_allows_more_than_burst_plus_rate, ()) {
    const Limit limit = any_limit(Strategy::gcra);
    const std::vector<Time> allowed = allowed_moments(Quota(limit));

    for (std::size_t first = 0; first < allowed.size(); ++first) {
        for (std::size_t last = first; last < allowed.size(); ++last) {
            const auto span = static_cast<std::uint64_t>((allowed[last] - allowed[first]).count());
            const std::uint64_t rate = span * limit.count / static_cast<std::uint64_t>(limit.period.count());
            RC_ASSERT(last - first + 1 <= limit.at_once() + rate);
        }
    }
}

RC_GTEST_PROP(MovingWindowProperty, never_allows_more_than_its_count_in_any_period, ()) {
    const Limit limit = any_limit(Strategy::moving_window);
    const std::vector<Time> allowed = allowed_moments(Quota::make({limit}, Strategy::moving_window).value());

    RC_ASSERT(most_within(allowed, limit.period) <= limit.count);
}

RC_GTEST_PROP(FixedWindowProperty, never_allows_more_than_twice_its_count_in_any_period, ()) {
    const Limit limit = any_limit(Strategy::fixed_window);
    const std::vector<Time> allowed = allowed_moments(Quota::make({limit}, Strategy::fixed_window).value());

    RC_ASSERT(most_within(allowed, limit.period) <= 2 * limit.count);
}

RC_GTEST_PROP(SlidingCounterProperty, allows_less_than_twice_its_count_in_any_period, ()) {
    const Limit limit = any_limit(Strategy::sliding_counter);
    const std::vector<Time> allowed =
        allowed_moments(Quota::make({limit}, Strategy::sliding_counter).value());

    RC_ASSERT(most_within(allowed, limit.period) < 2 * limit.count);
}

RC_GTEST_PROP(QuotaProperty, allows_again_exactly_after_the_time_it_says, ()) {
    const Strategy strategy = any_strategy();
    const Quota quota = Quota::make({any_limit(strategy)}, strategy).value();
    std::vector<std::int64_t> state(quota.state_size());
    for (const Time now : any_moments()) {
        const Decision decision = quota.take(state, now);
        if (!decision.allowed) {
            RC_ASSERT(decision.retry_after > Duration(0));
            RC_ASSERT(quota.peek(state, now + decision.retry_after).allowed);
            RC_ASSERT(!quota.peek(state, now + decision.retry_after - Duration(1)).allowed);
        }
    }
}

RC_GTEST_PROP(QuotaProperty, never_allows_before_the_time_it_says, ()) {
    const Quota quota = any_quota();
    std::vector<std::int64_t> state(quota.state_size());
    for (const Time now : any_moments()) {
        const Decision decision = quota.take(state, now);
        if (!decision.allowed) {
            RC_ASSERT(!quota.peek(state, now + decision.retry_after - Duration(1)).allowed);
        }
    }
}

RC_GTEST_PROP(QuotaProperty, allows_exactly_as_many_more_as_it_says, ()) {
    const Quota quota = any_quota();
    std::vector<std::int64_t> state(quota.state_size());
    for (const Time now : any_moments()) {
        const std::uint32_t remaining = quota.take(state, now).remaining;
        std::vector<std::int64_t> copy = state;
        for (std::uint32_t i = 0; i < remaining; ++i) {
            RC_ASSERT(quota.take(copy, now).allowed);
        }
        RC_ASSERT(!quota.take(copy, now).allowed);
    }
}

RC_GTEST_PROP(QuotaProperty, allows_only_what_each_of_its_limits_allows, ()) {
    const Quota quota = any_quota();
    std::vector<std::int64_t> state(quota.state_size());
    std::vector<Quota> alone;
    std::vector<std::vector<std::int64_t>> states;
    for (const Limit& limit : quota.limits()) {
        alone.push_back(Quota::make({limit}, quota.strategy()).value());
        states.emplace_back(alone.back().state_size());
    }
    for (const Time now : any_moments()) {
        bool all_allow = true;
        for (std::size_t i = 0; i < alone.size(); ++i) {
            all_allow = all_allow && alone[i].peek(states[i], now).allowed;
        }
        RC_ASSERT(quota.take(state, now).allowed == all_allow);
        for (std::size_t i = 0; all_allow && i < alone.size(); ++i) {
            std::ignore = alone[i].take(states[i], now);
        }
    }
}

RC_GTEST_PROP(QuotaProperty, is_as_new_when_it_is_idle, ()) {
    const Quota quota = any_quota();
    std::vector<std::int64_t> state(quota.state_size());
    const std::vector<std::int64_t> unused(quota.state_size());
    for (const Time now : any_moments()) {
        std::ignore = quota.take(state, now);
        const Time idle = now + quota.idle_after(state, now);
        RC_ASSERT(quota.peek(state, idle).remaining == quota.peek(unused, idle).remaining);
        RC_ASSERT(quota.peek(state, idle).reset == Duration(0));
    }
}

}  // namespace
}  // namespace cardea::ratelimit
