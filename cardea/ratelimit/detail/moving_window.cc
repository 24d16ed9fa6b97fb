// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/detail/strategies.h"

namespace cardea::ratelimit::detail {
namespace {

/// The last `count` moments at which one was taken, in a ring behind the place where the next one goes: so
/// the oldest lies at that place, and one more fits when that one is a period ago. 0: never.
template <class Word>
class Ring {
 public:
    explicit Ring(std::span<Word> state) noexcept : next_(state[0]), moments_(state.subspan(1)) {}

    [[nodiscard]] std::size_t size() const noexcept { return moments_.size(); }
    /// The `age`-th latest moment; 0 is the latest.
    [[nodiscard]] Word& latest(std::size_t age) const noexcept {
        return moments_[(static_cast<std::size_t>(next_) + size() - 1 - age) % size()];
    }

    void push(std::int64_t moment) const noexcept {
        moments_[static_cast<std::size_t>(next_)] = moment;
        next_ = (next_ + 1) % static_cast<std::int64_t>(size());
    }
    void pop() const noexcept {
        latest(0) = 0;
        next_ = (next_ + static_cast<std::int64_t>(size()) - 1) % static_cast<std::int64_t>(size());
    }

 private:
    Word& next_;
    std::span<Word> moments_;
};

using View = Ring<const std::int64_t>;

/// How long a moment still counts; what lies in the future counts as now.
Duration still_counts(std::int64_t moment, Time now, const Limit& limit) noexcept {
    const Time taken = std::min(Time(Duration(moment)), now);
    return std::max(taken + limit.period - now, Duration(0));
}

/// How many moments still count: they are in order, so it is found by halving.
std::size_t count_recent(const View& ring, Time now, const Limit& limit) noexcept {
    std::size_t recent = 0;
    for (std::size_t end = ring.size(); recent < end;) {
        const std::size_t middle = recent + (end - recent) / 2;
        if (still_counts(ring.latest(middle), now, limit) > Duration(0)) {
            recent = middle + 1;
        } else {
            end = middle;
        }
    }
    return recent;
}

std::size_t state_size(const Limit& limit) noexcept {
    return 1 + std::size_t{limit.count};
}

Decision look(StateView state, Time now, const Limit& limit) noexcept {
    const View ring(state);
    const Duration wait = still_counts(ring.latest(ring.size() - 1), now, limit);
    return {
        wait == Duration(0),
        static_cast<std::uint32_t>(ring.size() - count_recent(ring, now, limit)),
        wait,
        still_counts(ring.latest(0), now, limit),
        0
    };
}

void add(State state, Time now, const Limit&) noexcept {
    Ring(state).push(now.time_since_epoch().count());
}

void give_back(State state, Time, const Limit&) noexcept {
    Ring(state).pop();
}

void settle(State state, Time now, const Limit&) noexcept {
    const Ring ring(state);
    for (std::size_t age = 0; age < ring.size() && ring.latest(age) > now.time_since_epoch().count(); ++age) {
        ring.latest(age) = now.time_since_epoch().count();
    }
}

}  // namespace

const StrategyRules moving_window{state_size, look, add, give_back, settle};

}  // namespace cardea::ratelimit::detail
