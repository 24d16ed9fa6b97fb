// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/ratelimit/limit.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cardea::ratelimit {

/// How a limit counts. N stands for its count, P for its period.
enum class Strategy : std::uint8_t {
    gcra,             ///< a bucket that refills steadily: N at once, then one every P/N; one number per key
    fixed_window,     ///< N in a window that begins with the first; up to 2 N across an edge; two numbers
    sliding_counter,  ///< the window before still counts in part; a good guess at moving_window; three
                      ///< numbers
    moving_window,    ///< exactly N in any P; remembers N moments per key
};

/// The largest count of a limit with Strategy::moving_window, which remembers every one.
inline constexpr std::uint32_t max_moving_count = 10'000;

/// What the limits say of one request.
struct Decision {
    bool allowed = false;
    std::uint32_t remaining = 0;  ///< how often more it is allowed right now
    Duration retry_after{};       ///< when refused: wait that long, rounded up
    Duration reset{};             ///< that limit is whole again after that, rounded up
    std::size_t limit = 0;  ///< which of the quota's limits said this: the one that is nearest to its end
};

/// The numbers that are remembered of one key; all zero when there is nothing to remember. Their meaning
/// belongs to the quota that made them.
using State = std::span<std::int64_t>;
using StateView = std::span<const std::int64_t>;

/// One or more limits that hold together: something is allowed when every limit allows it, and where one
/// refuses, nothing is taken from the others. A value; its functions are pure but for the state they are
/// given, which has state_size() numbers. A clock that was set back never makes anyone wait longer than the
/// limit does; all moments are of the calendar clock, in milliseconds.
class Quota {
 public:
    /// Errc::config with a sentence: for no limit or too many, for one that is not valid, for a burst with
    /// another strategy than gcra, and for a count that moving_window cannot remember.
    [[nodiscard]] static Result<Quota> make(std::vector<Limit> limits, Strategy strategy);
    /// The same from a text that parse_limits() reads. For settings: parse at the start, and do not start
    /// when it fails.
    [[nodiscard]] static Result<Quota> parse(std::string_view text, Strategy strategy = Strategy::gcra);
    /// One limit that the program itself names, which must be valid.
    explicit Quota(const Limit& limit);

    [[nodiscard]] const std::vector<Limit>& limits() const noexcept { return limits_; }
    [[nodiscard]] Strategy strategy() const noexcept { return strategy_; }

    /// How many numbers it remembers of a key.
    [[nodiscard]] std::size_t state_size() const noexcept { return state_size_; }

    /// Takes one if every limit allows it; a refusal takes nothing.
    [[nodiscard]] Decision take(State state, Time now) const noexcept;
    /// What take() would say, without taking.
    [[nodiscard]] Decision peek(StateView state, Time now) const noexcept;
    /// Takes back what take() took last: for counting only failures, take first and give back after a
    /// success, so that tries made at the same moment are not all free.
    void give_back(State state, Time now) const noexcept;
    /// How far the limit that is nearest to its end is used up, in millionths; 0 when nothing counts any
    /// more. What must forget a key forgets the one with the least.
    [[nodiscard]] std::uint32_t used(StateView state, Time now) const noexcept;
    /// After how long nothing that was taken counts any more: then the state need not be kept.
    [[nodiscard]] Duration idle_after(StateView state, Time now) const noexcept;

 private:
    Quota(std::vector<Limit> limits, Strategy strategy);

    std::vector<Limit> limits_;
    Strategy strategy_;
    std::size_t state_size_ = 0;
};

}  // namespace cardea::ratelimit
