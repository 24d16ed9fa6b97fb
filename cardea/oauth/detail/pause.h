// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"

namespace cardea::oauth::detail {

/// Whether what was put off for `pause` is to wait at `now`. A clock that was set back makes nobody wait
/// longer than that.
[[nodiscard]] inline bool has_to_wait(Time now, Time until, Duration pause) noexcept {
    return now < until && until <= now + pause;
}

}  // namespace cardea::oauth::detail
