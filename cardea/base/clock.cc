// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/clock.h"

namespace cardea {

Time SystemClock::now() const noexcept {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

}  // namespace cardea
