// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <array>
#include <cstdint>

namespace cardea::flow {

/// SHA-256 of a one-time value, bound to its flow, step and user (flow/step.h makes it).
using OneTimeHash = std::array<std::uint8_t, 32>;

/// Remembers which one-time values were consumed. Only consumption is written, so strangers who begin flows
/// and leave them cannot fill the database. Thread-safe.
class OneTimeStore {
 public:
    virtual ~OneTimeStore() = default;
    /// True exactly once per hash, for all callers together; it is kept until `expires_at`.
    virtual Task<Result<bool>> consume(OneTimeHash hash, Time expires_at) = 0;
    virtual Task<Result<std::size_t>> purge_expired(Time now, std::size_t limit) = 0;
};

}  // namespace cardea::flow
