// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/task.h"

#include <exception>
#include <functional>

namespace cardea {

/// Housekeeping: waits for `pause`, does the work and begins again, without end. What the work throws goes to
/// `on_failure`, and the next round comes all the same.
[[nodiscard]] Task<> repeat_every(
    Duration pause,
    std::function<Task<>()> work,
    std::function<void(const std::exception_ptr& failure)> on_failure
);

}  // namespace cardea
