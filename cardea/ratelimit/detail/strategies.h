// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/ratelimit/quota.h"

#include <algorithm>

namespace cardea::ratelimit::detail {

/// One strategy as functions over the numbers of one limit. A limit with a count of zero never comes here.
struct StrategyRules {
    /// How many numbers it needs.
    std::size_t (*state_size)(const Limit& limit) noexcept;
    Decision (*look)(StateView state, Time now, const Limit& limit) noexcept;
    /// Takes one, which look() allowed.
    void (*add)(State state, Time now, const Limit& limit) noexcept;
    void (*give_back)(State state, Time now, const Limit& limit) noexcept;
    /// Moves what lies later than could be, since the clock was set back, to the latest that can be.
    void (*settle)(State state, Time now, const Limit& limit) noexcept;
};

extern const StrategyRules gcra;
extern const StrategyRules fixed_window;
extern const StrategyRules sliding_counter;
extern const StrategyRules moving_window;

/// The rest of what all strategies look like: a type made from (state, now, limit) that can decide(), add(),
/// give_back() and store(state). Making it settles it.
template <class Rule>
constexpr StrategyRules rules_of() noexcept {
    return {
        .state_size = [](const Limit&) noexcept { return Rule::state_size; },
        .look = [](StateView state, Time now, const Limit& limit
                ) noexcept { return Rule(state, now, limit).decide(); },
        .add =
            [](State state, Time now, const Limit& limit) noexcept {
                Rule rule(state, now, limit);
                rule.add();
                rule.store(state);
            },
        .give_back =
            [](State state, Time now, const Limit& limit) noexcept {
                Rule rule(state, now, limit);
                rule.give_back();
                rule.store(state);
            },
        .settle = [](State state, Time now, const Limit& limit
                  ) noexcept { Rule(state, now, limit).store(state); },
    };
}

}  // namespace cardea::ratelimit::detail
