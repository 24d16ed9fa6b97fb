// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"

#include <array>
#include <cstdint>

namespace cardea {

/// SHA-256 of a value that may be used once.
using OneTimeHash = std::array<std::uint8_t, 32>;

/// The use of a one-time value: of all who try, one consumes it, and it is remembered until `expires_at`.
struct OneTimeUse {
    OneTimeHash hash{};
    Time expires_at;
};

}  // namespace cardea
