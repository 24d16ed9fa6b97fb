// SPDX-License-Identifier: Apache-2.0
/// ratelimit: how often something may happen. A Quota is a list of limits and the strategy by which they
/// count; it decides over a few numbers per key as a pure function. MemoryLimiter keeps those numbers for one
/// process in memory of a fixed size; anything else that keeps them is a Limiter too. headers.h tells clients
/// about it. What is counted and what a refusal means is the caller's business. No clock, no I/O.
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::ratelimit {

/// What one limit may say at most.
inline constexpr std::uint32_t max_count = 1'000'000;
inline constexpr Duration longest_period = std::chrono::days(3600);
/// What one text may say at most.
inline constexpr std::size_t max_limits = 8;
inline constexpr std::size_t max_limit_bytes = 512;

/// `count` times per `period`. A count of zero is a limit too: never.
struct Limit {
    std::uint32_t count = 1;
    Duration period = std::chrono::minutes(1);
    std::uint32_t burst = 0;  ///< for Strategy::gcra, how often at once after a pause; 0: as often as `count`

    [[nodiscard]] std::uint32_t at_once() const noexcept { return burst > 0 ? burst : count; }

    friend bool operator==(const Limit&, const Limit&) = default;
};

/// Whether everything is in its range: count and burst at most max_count, the period more than zero and at
/// most longest_period, and a bucket of `burst` full again within longest_period too.
[[nodiscard]] bool is_valid(const Limit& limit) noexcept;

/// Reads one limit or several, in the grammar of Python's `limits` with a burst of our own:
///
///     COUNT ("/" or "per") [N] second|minute|hour|day|month|year[s] [burst COUNT]
///
/// in any case and with blanks anywhere between the words, joined by comma, semicolon or bar: "5/minute; 100
/// per day", "10 per 2 hours", "60/minute burst 20". A month has 30 days and a year 360. Errc::config with a
/// sentence that says how to write it; what is not understood, or said twice, is refused and never ignored.
[[nodiscard]] Result<std::vector<Limit>> parse_limits(std::string_view text);

/// "5 per 1 minute", in the largest unit that divides the period, as `limits` writes it; behind it "burst 20"
/// where there is one. parse_limits reads it back, but for periods with a fraction of a second.
[[nodiscard]] std::string to_string(const Limit& limit);

}  // namespace cardea::ratelimit
