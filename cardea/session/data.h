// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"

#include <cstddef>
#include <string_view>

namespace cardea::session {

/// How long the data of a session may be.
inline constexpr std::size_t max_data_bytes = 16'384;

/// What else it may be: deeper than the body of a request, and with few enough names in one object for a
/// linear search.
inline constexpr JsonLimits data_limits{
    .bytes = max_data_bytes, .depth = 100, .values = max_data_bytes, .members = 1000
};

/// Reads the data of a session, a JSON object. What this refuses is not written either, so that no session is
/// lost by what is in it. Errc::too_large, Errc::malformed. Pure.
[[nodiscard]] Result<Json> parse_data(std::string_view text);

}  // namespace cardea::session
