// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"

#include <chrono>
#include <cstdint>

namespace cardea::account {

/// The bounds on guessing passwords (docs/security.md). Delays and limits live in memory; the count towards
/// `lock_after` is also in the account's row, so that it outlives a restart.
struct GuessPolicy {
    bool enabled = true;          ///< off only for load tests
    std::int64_t free_tries = 5;  ///< without any delay
    Duration longest_delay = std::chrono::minutes(15);
    std::int64_t lock_after = 100;              ///< failures in a row: from then on only known devices
    double tries_per_second_per_address = 1.0;  ///< sustained, of every kind
    double burst_per_address = 60;
    std::size_t remembered_names = std::size_t{1} << 16;
};

}  // namespace cardea::account
