// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/password/cost.h"

#include <functional>

namespace cardea::password {

/// What calibrate() found.
struct Calibration {
    Argon2Cost cost;
    Duration takes{};              ///< as it was measured
    bool is_within_target = true;  ///< false: even the least cost that is safe takes longer
};

/// How long one hash of this cost takes on this machine.
using MeasureHash = std::function<Duration(const Argon2Cost&)>;

/// Finds the strongest Argon2id cost that takes no longer than `target`: first as much memory as
/// `most_memory_kib` lets it (RFC 9106 section 4, since memory is what an attacker pays for), then
/// iterations. Never less than the default, which is the OWASP minimum. Blocks for about ten measurements.
[[nodiscard]] Calibration calibrate(
    Duration target, const MeasureHash& measure, std::uint32_t most_memory_kib = 65'536
);

}  // namespace cardea::password
