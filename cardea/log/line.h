// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/log/log.h"

#include <string>

namespace cardea::log {

/// The longest text of a field; the rest is cut off and "..." stands for it.
inline constexpr std::size_t max_value_size = 1024;

/// The line of an event, without its end: never a control character in it, always valid UTF-8.
[[nodiscard]] std::string format_line(Format format, Time at, Level level, Name event, Fields fields);

}  // namespace cardea::log
