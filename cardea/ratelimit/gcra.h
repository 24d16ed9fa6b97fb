// SPDX-License-Identifier: Apache-2.0
/// ratelimit: how often something may happen. The rule is GCRA, a leaky bucket that needs one number per key;
/// gcra() is a pure function, MemoryLimiter keeps the numbers of one process in memory of a fixed size. What
/// is counted and what a refusal means is the caller's business. No clock, no I/O.
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/result.h"

#include <cstdint>
#include <string_view>

namespace cardea::ratelimit {

/// `count` times per `period` in the long run, and up to `burst` at once after a pause. All three are
/// positive; count and burst at most a million, the period at most 31 days.
struct Limit {
    std::uint32_t count = 1;
    Duration period = std::chrono::minutes(1);
    std::uint32_t burst = 1;

    friend bool operator==(const Limit&, const Limit&) = default;
};

/// Reads "10/1m" or "10/1m burst 20" (units s, m, h, d; without a burst it is the count). Errc::config with a
/// sentence that says how to write it; anything it does not understand is refused, never ignored.
[[nodiscard]] Result<Limit> parse_limit(std::string_view text);

/// What there is to remember of a key: when its bucket will be full again, in microseconds since 1970. A key
/// that is full, or was never seen, needs no memory.
struct GcraState {
    std::int64_t full_at = 0;
};

struct Decision {
    bool allowed = false;
    std::uint32_t remaining = 0;  ///< how often more it is allowed right now
    Duration retry_after{};       ///< when refused: wait that long, rounded up
    Duration reset{};             ///< the bucket is full again after that, rounded up
};

/// Takes one from the bucket if there is one; a refusal changes nothing. A clock that was set back never
/// makes anyone wait longer than an empty bucket does.
[[nodiscard]] Decision gcra(GcraState& state, Time now, const Limit& limit) noexcept;

/// What gcra() would say, without taking.
[[nodiscard]] Decision gcra_peek(const GcraState& state, Time now, const Limit& limit) noexcept;

}  // namespace cardea::ratelimit
