// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/detail/strategies.h"

namespace cardea::ratelimit::detail {
namespace {

/// A window that begins with the first taken. What is remembered is its end and how many were taken in it.
class Window {
 public:
    static constexpr std::size_t state_size = 2;

    Window(StateView state, Time now, const Limit& limit) noexcept : limit_(limit), left_(limit.period) {
        const Duration left = Time(Duration(state[0])) - now;
        if (left > Duration(0)) {
            left_ = std::min(left, limit.period);
            used_ = state[1];
        }
        end_ = (now + left_).time_since_epoch().count();
    }

    [[nodiscard]] Decision decide() const noexcept {
        const bool allowed = used_ < limit_.count;
        return {
            allowed,
            static_cast<std::uint32_t>(limit_.count - used_),
            allowed ? Duration(0) : left_,
            used_ > 0 ? left_ : Duration(0),
            0
        };
    }

    void add() noexcept { ++used_; }
    void give_back() noexcept { used_ = std::max<std::int64_t>(used_ - 1, 0); }
    void store(State state) const noexcept {
        state[0] = used_ > 0 ? end_ : 0;
        state[1] = used_;
    }

 private:
    const Limit& limit_;
    Duration left_;
    std::int64_t end_ = 0;
    std::int64_t used_ = 0;
};

}  // namespace

const StrategyRules fixed_window = rules_of<Window>();

}  // namespace cardea::ratelimit::detail
