// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/result.h"

#include <string>
#include <string_view>

namespace cardea {

/// A whole number with its unit, as people write settings: "30s", "15m", "12h", "7d". Positive, at most ten
/// years. Errc::config with a sentence that says how to write it.
[[nodiscard]] Result<Duration> parse_duration(std::string_view text);

/// The reverse, in the largest unit that leaves no rest.
[[nodiscard]] std::string to_duration_text(Duration duration);

}  // namespace cardea
