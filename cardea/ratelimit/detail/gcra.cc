// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/detail/strategies.h"

namespace cardea::ratelimit::detail {
namespace {

using std::chrono::ceil;
using std::chrono::microseconds;

/// A bucket at one moment. One token comes back every `step` microseconds; `missing` of them are on the way.
/// What is remembered is when the bucket will be full again, in microseconds since 1970.
class Bucket {
 public:
    static constexpr std::size_t state_size = 1;

    Bucket(StateView state, Time at, const Limit& limit) noexcept
        : now_(microseconds(at.time_since_epoch()).count()),
          step_((microseconds(limit.period).count() + limit.count - 1) / limit.count),
          size_(step_ * limit.at_once()),
          missing_(std::clamp<std::int64_t>(state[0] - now_, 0, size_)) {}

    [[nodiscard]] Decision decide() const noexcept {
        const std::int64_t available = (size_ - missing_) / step_;
        const std::int64_t wait = available > 0 ? 0 : missing_ + step_ - size_;
        return {
            available > 0,
            static_cast<std::uint32_t>(available),
            ceil<Duration>(microseconds(wait)),
            ceil<Duration>(microseconds(missing_)),
            0
        };
    }

    void add() noexcept { missing_ += step_; }
    void give_back() noexcept { missing_ = std::max<std::int64_t>(missing_ - step_, 0); }
    void store(State state) const noexcept { state[0] = missing_ > 0 ? now_ + missing_ : 0; }

 private:
    std::int64_t now_;
    std::int64_t step_;
    std::int64_t size_;  // of the whole bucket
    std::int64_t missing_;
};

}  // namespace

const StrategyRules gcra = rules_of<Bucket>();

}  // namespace cardea::ratelimit::detail
