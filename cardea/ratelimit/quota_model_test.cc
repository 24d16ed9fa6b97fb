// SPDX-License-Identifier: Apache-2.0
// Every strategy against its definition, computed the slow way from the list of all moments.
#include "cardea/ratelimit/quota.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace cardea::ratelimit {
namespace {

constexpr Time start(std::chrono::seconds(1'700'000'000));

/// The moments that were allowed so far, and the rule by which one more is.
class Model {
 public:
    Model(Strategy strategy, const Limit& limit) : strategy_(strategy), limit_(limit) {}

    bool take(Time now) {
        const bool allowed = allows(now);
        if (allowed) {
            taken_.push_back(now);
        }
        return allowed;
    }

 private:
    [[nodiscard]] bool allows(Time now) {
        switch (strategy_) {
            case Strategy::gcra:
                return level(now) + emission() <= emission() * limit_.at_once();
            case Strategy::fixed_window:
                return count_from(window_start(now)) < limit_.count;
            case Strategy::moving_window:
                return count_from(now - limit_.period + Duration(1)) < limit_.count;
            case Strategy::sliding_counter:
                return weighs_less(now);
        }
        return false;
    }

    /// In microseconds, as the definition of GCRA says: a virtual queue that each taken one lengthens by the
    /// emission interval, and that time shortens.
    [[nodiscard]] std::int64_t level(Time now) const {
        std::int64_t level = 0;
        Time last = start;
        for (const Time moment : taken_) {
            level = std::max<std::int64_t>(level - (moment - last).count() * 1000, 0) + emission();
            last = moment;
        }
        return std::max<std::int64_t>(level - (now - last).count() * 1000, 0);
    }
    [[nodiscard]] std::int64_t emission() const {
        return (limit_.period.count() * 1000 + limit_.count - 1) / limit_.count;
    }

    /// Windows begin with the first that is taken outside of the one before.
    [[nodiscard]] Time window_start(Time now) const {
        Time begin = now;
        for (const Time moment : taken_) {
            if (moment == taken_.front() || moment >= begin + limit_.period) {
                begin = moment;
            }
        }
        return now < begin + limit_.period ? begin : now;
    }

    [[nodiscard]] std::size_t count_from(Time from) const {
        return static_cast<std::size_t>(std::ranges::count_if(taken_, [from](Time moment) {
            return moment >= from;
        }));
    }

    /// Windows follow each other without a gap, until one and the one before are empty.
    [[nodiscard]] bool weighs_less(Time now) {
        while (!taken_.empty() && now >= begin_ + limit_.period) {
            if (now >= begin_ + 2 * limit_.period) {
                taken_.clear();
                break;
            }
            begin_ += limit_.period;
        }
        std::erase_if(taken_, [this](Time moment) { return moment < begin_ - limit_.period; });
        if (taken_.empty()) {
            begin_ = now;
        }
        const auto current = static_cast<std::int64_t>(count_from(begin_));
        const auto previous = static_cast<std::int64_t>(taken_.size()) - current;
        const std::int64_t left = (begin_ + limit_.period - now).count();
        return previous * left + (current + 1) * limit_.period.count() <=
               limit_.count * limit_.period.count();
    }

    Strategy strategy_;
    Limit limit_;
    std::vector<Time> taken_;
    Time begin_ = start;
};

RC_GTEST_PROP(QuotaModel, decides_as_the_definition_of_its_strategy_says, ()) {
    const Strategy strategy = *rc::gen::element(
        Strategy::gcra, Strategy::fixed_window, Strategy::sliding_counter, Strategy::moving_window
    );
    const Limit limit{*rc::gen::inRange<std::uint32_t>(1, 12), Duration(*rc::gen::inRange(1, 3'000)), 0};
    const Quota quota = Quota::make({limit}, strategy).value();
    std::vector<std::int64_t> state(quota.state_size());
    Model model(strategy, limit);
    Time now = start;

    for (const int pause : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1'000))) {
        now += Duration(pause);
        RC_ASSERT(quota.take(state, now).allowed == model.take(now));
    }
}

}  // namespace
}  // namespace cardea::ratelimit
