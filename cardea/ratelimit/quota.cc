// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/quota.h"

#include "cardea/base/assert.h"
#include "cardea/ratelimit/detail/strategies.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cardea::ratelimit {
namespace {

const detail::StrategyRules& rules_of(Strategy strategy) noexcept {
    switch (strategy) {
        case Strategy::gcra:
            return detail::gcra;
        case Strategy::fixed_window:
            return detail::fixed_window;
        case Strategy::sliding_counter:
            return detail::sliding_counter;
        case Strategy::moving_window:
            return detail::moving_window;
    }
    std::unreachable();
}

/// What a limit says that allows nothing.
Decision never(const Limit& limit) noexcept {
    return {false, 0, limit.period, Duration(0), 0};
}

/// Calls `visit` with each limit, its number and its part of the state.
template <class Word, class Visit>
void for_each_limit(const Quota& quota, std::span<Word> state, Visit visit) noexcept {
    CARDEA_ASSERT(state.size() == quota.state_size());
    const detail::StrategyRules& rules = rules_of(quota.strategy());
    for (std::size_t i = 0; i < quota.limits().size(); ++i) {
        const Limit& limit = quota.limits()[i];
        const std::size_t size = limit.count > 0 ? rules.state_size(limit) : 0;
        visit(i, limit, state.first(size));
        state = state.subspan(size);
    }
}

/// Whether `a` says more than `b` about when to come again.
bool binds_before(const Decision& a, const Decision& b) noexcept {
    return std::tuple(a.allowed, -a.retry_after, a.remaining, -a.reset) <
           std::tuple(b.allowed, -b.retry_after, b.remaining, -b.reset);
}

}  // namespace

Quota::Quota(std::vector<Limit> limits, Strategy strategy) : limits_(std::move(limits)), strategy_(strategy) {
    for (const Limit& limit : limits_) {
        state_size_ += limit.count > 0 ? rules_of(strategy_).state_size(limit) : 0;
    }
}

Quota::Quota(const Limit& limit) : Quota(std::vector{limit}, Strategy::gcra) {
    CARDEA_ASSERT(is_valid(limit));
}

Result<Quota> Quota::make(std::vector<Limit> limits, Strategy strategy) {
    if (limits.empty() || limits.size() > max_limits) {
        return fail(Errc::config, "a quota has one to " + std::to_string(max_limits) + " limits");
    }
    for (const Limit& limit : limits) {
        if (!is_valid(limit)) {
            return fail(Errc::config, "a limit is out of range: " + to_string(limit));
        }
        if (limit.burst > 0 && strategy != Strategy::gcra) {
            return fail(Errc::config, "a burst goes with the strategy gcra only: " + to_string(limit));
        }
        if (limit.count > max_moving_count && strategy == Strategy::moving_window) {
            return fail(
                Errc::config,
                "a moving window remembers " + std::to_string(max_moving_count) +
                    " at most; for more, take a sliding counter: " + to_string(limit)
            );
        }
    }
    return Quota(std::move(limits), strategy);
}

Result<Quota> Quota::parse(std::string_view text, Strategy strategy) {
    Result<std::vector<Limit>> limits = parse_limits(text);
    if (!limits) {
        return propagate(limits);
    }
    return make(std::move(*limits), strategy);
}

Decision Quota::take(State state, Time now) const noexcept {
    const detail::StrategyRules& rules = rules_of(strategy_);
    const bool allowed = peek(state, now).allowed;
    for_each_limit(*this, state, [&](std::size_t, const Limit& limit, State own) {
        if (limit.count == 0) {
            return;
        }
        rules.settle(own, now, limit);
        if (allowed) {
            rules.add(own, now, limit);
        }
    });
    Decision after = peek(state, now);
    if (allowed) {
        after.allowed = true;
        after.retry_after = {};
    }
    return after;
}

Decision Quota::peek(StateView state, Time now) const noexcept {
    const detail::StrategyRules& rules = rules_of(strategy_);
    Decision tightest{.allowed = true, .remaining = max_count, .retry_after = {}, .reset = {}, .limit = 0};
    for_each_limit(*this, state, [&](std::size_t number, const Limit& limit, StateView own) {
        Decision decision = limit.count > 0 ? rules.look(own, now, limit) : never(limit);
        decision.limit = number;
        if (number == 0 || binds_before(decision, tightest)) {
            tightest = decision;
        }
    });
    return tightest;
}

void Quota::give_back(State state, Time now) const noexcept {
    const detail::StrategyRules& rules = rules_of(strategy_);
    for_each_limit(*this, state, [&](std::size_t, const Limit& limit, State own) {
        if (limit.count > 0) {
            rules.give_back(own, now, limit);
        }
    });
}

std::uint32_t Quota::used(StateView state, Time now) const noexcept {
    constexpr std::uint64_t all = 1'000'000;
    static_assert(max_count <= all, "one of the largest limit must not be rounded to none");
    const detail::StrategyRules& rules = rules_of(strategy_);
    std::uint64_t most = 0;
    for_each_limit(*this, state, [&](std::size_t, const Limit& limit, StateView own) {
        if (limit.count > 0) {
            const std::uint32_t used = limit.at_once() - rules.look(own, now, limit).remaining;
            most = std::max(most, used * all / limit.at_once());
        }
    });
    return static_cast<std::uint32_t>(most);
}

Duration Quota::idle_after(StateView state, Time now) const noexcept {
    const detail::StrategyRules& rules = rules_of(strategy_);
    Duration longest{};
    for_each_limit(*this, state, [&](std::size_t, const Limit& limit, StateView own) {
        if (limit.count > 0) {
            longest = std::max(longest, rules.look(own, now, limit).reset);
        }
    });
    return longest;
}

}  // namespace cardea::ratelimit
