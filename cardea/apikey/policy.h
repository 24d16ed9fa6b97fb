// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/record.h"
#include "cardea/base/result.h"

#include <string_view>

namespace cardea::apikey {

/// Keys that one account may have, expired ones with the rest: so a person cannot fill the store.
inline constexpr std::size_t max_keys_per_account = 100;
inline constexpr std::size_t max_name_code_points = 100;
/// How long a key lives when nobody says, and the longest that can be asked for besides "for ever".
inline constexpr Duration default_lifetime = std::chrono::days(90);
inline constexpr Duration max_lifetime = std::chrono::days(3660);
/// How long an old key goes on after a rotation when nobody says, and at most; and how long expired keys stay
/// in the list, so that their owner sees why something stopped.
inline constexpr Duration default_overlap = std::chrono::hours(24);
inline constexpr Duration max_overlap = std::chrono::days(30);
inline constexpr Duration expired_keys_stay = std::chrono::days(30);

/// Whether a key may be used.
enum class KeyState : std::uint8_t { live, expired };

/// Whether the key may be used at `now`. A key ends at the very millisecond of its limit.
[[nodiscard]] KeyState decide(const ApiKeyRecord& record, Time now) noexcept;

/// Errc::invalid unless the name is 1 to 100 code points of UTF-8 on one line, not all blank, and none of
/// them steers what shows it (steers_display).
[[nodiscard]] Result<> check_name(std::string_view name);

/// Errc::invalid unless it is more than nothing and at most max_lifetime.
[[nodiscard]] Result<> check_lifetime(Duration lifetime);

/// Errc::invalid when it is negative or more than max_overlap.
[[nodiscard]] Result<> check_overlap(Duration overlap);

}  // namespace cardea::apikey
