// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardea {

/// The end of the year 9999: the last time that is written or read anywhere, and its second since 1970.
inline constexpr Time last_time = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1) - Duration(1);
inline constexpr std::int64_t last_unix_second = last_time.time_since_epoch() / std::chrono::seconds(1);

/// "2026-11-21T10:36:33.250Z": UTC, always with milliseconds, so that texts sort as times do. A time outside
/// the years 0 to 9999 becomes the nearest end of that range.
[[nodiscard]] std::string to_rfc3339(Time time);

/// Any RFC 3339 date-time, with any offset; digits beyond milliseconds are cut off. Leap seconds are refused.
/// Errc::malformed.
[[nodiscard]] Result<Time> parse_rfc3339(std::string_view text);

/// "Sat, 21 Nov 2026 10:36:33 GMT", as HTTP headers and cookies want it (RFC 9110 5.6.7).
[[nodiscard]] std::string to_http_date(Time time);

}  // namespace cardea
