// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/detail/strategies.h"

namespace cardea::ratelimit::detail {
namespace {

/// Two windows, one behind the other; the one before weighs as much as of it still lies within the last
/// period. What is remembered is the start of the current one and how many were taken in each. All sums are
/// exact: counts are multiplied by the period, in milliseconds, which fits.
class Windows {
 public:
    static constexpr std::size_t state_size = 3;

    Windows(StateView state, Time now, const Limit& limit) noexcept
        : count_(limit.count),
          period_(limit.period.count()),
          now_(now.time_since_epoch().count()),
          start_(std::min(state[0], now_)),
          current_(state[1]),
          previous_(state[2]) {
        const std::int64_t elapsed = now_ - start_;
        if (elapsed >= 2 * period_ || current_ + previous_ == 0) {
            start_ = now_;
            current_ = previous_ = 0;
        } else if (elapsed >= period_) {
            start_ += period_;
            previous_ = std::exchange(current_, 0);
        }
    }

    [[nodiscard]] Decision decide() const noexcept {
        const std::int64_t free = (count_ - current_) * period_ - previous_ * left();
        const bool allowed = free >= period_;
        return {
            allowed,
            static_cast<std::uint32_t>(std::max<std::int64_t>(free, 0) / period_),
            Duration(allowed ? 0 : wait()),
            Duration(reset()),
            0
        };
    }

    void add() noexcept { ++current_; }
    void give_back() noexcept {
        std::int64_t& last = current_ > 0 ? current_ : previous_;
        last = std::max<std::int64_t>(last - 1, 0);
    }
    void store(State state) const noexcept {
        const bool is_empty = current_ + previous_ == 0;
        state[0] = is_empty ? 0 : start_;
        state[1] = current_;
        state[2] = previous_;
    }

 private:
    /// Of the current window.
    [[nodiscard]] std::int64_t left() const noexcept { return start_ + period_ - now_; }

    /// How much of a window must be left at most, so that one more fits beside `weighed` of the window before
    /// it and `taken` of its own.
    [[nodiscard]] std::int64_t left_for_one_more(std::int64_t weighed, std::int64_t taken) const noexcept {
        const std::int64_t room = (count_ - taken - 1) * period_;
        return weighed > 0 ? std::min(room / weighed, period_) : period_;
    }

    [[nodiscard]] std::int64_t wait() const noexcept {
        if (current_ < count_) {
            return left() - left_for_one_more(previous_, current_);
        }
        // The current window is used up: it must become the one before, and then weigh less.
        return left() + period_ - left_for_one_more(current_, 0);
    }

    [[nodiscard]] std::int64_t reset() const noexcept {
        if (current_ > 0) {
            return left() + period_;
        }
        return previous_ > 0 ? left() : 0;
    }

    std::int64_t count_;
    std::int64_t period_;
    std::int64_t now_;
    std::int64_t start_;
    std::int64_t current_;
    std::int64_t previous_;
};

}  // namespace

const StrategyRules sliding_counter = rules_of<Windows>();

}  // namespace cardea::ratelimit::detail
