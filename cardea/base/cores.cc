// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/cores.h"

#include <algorithm>
#include <sched.h>
#include <thread>

namespace cardea {

std::size_t available_cores() noexcept {
    cpu_set_t allowed;
    if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
        return static_cast<std::size_t>(std::max(CPU_COUNT(&allowed), 1));
    }
    return std::max(std::thread::hardware_concurrency(), 1U);  // more cores than cpu_set_t can name
}

}  // namespace cardea
