// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace cardea::stores::detail {

/// Changes one row the first time and none after that. Used by every store whose rows are earned by one-time
/// values.
inline constexpr std::string_view consume_one_time =
    "INSERT INTO one_time (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";

}  // namespace cardea::stores::detail
