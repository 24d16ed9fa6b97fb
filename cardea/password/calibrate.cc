// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/calibrate.h"

#include <algorithm>

namespace cardea::password {
namespace {

/// The iterations that the target leaves time for, if time is proportional to them.
std::uint32_t iterations_for(Duration target, const Calibration& measured) {
    const auto takes = std::max<Duration::rep>(measured.takes.count(), 1);
    const auto most = static_cast<Duration::rep>(max_argon2_cost.iterations);
    return static_cast<std::uint32_t>(std::clamp<Duration::rep>(
        measured.cost.iterations * target.count() / takes, measured.cost.iterations, most
    ));
}

}  // namespace

Calibration calibrate(Duration target, const MeasureHash& measure, std::uint32_t most_memory_kib) {
    const std::uint32_t most = std::min(most_memory_kib, max_argon2_cost.memory_kib);
    Calibration best;
    best.takes = measure(best.cost);
    best.is_within_target = best.takes <= target;

    // Takes a cost over if there is time for it.
    const auto try_cost = [&](const Argon2Cost& cost) {
        const Duration takes = measure(cost);
        if (takes <= target) {
            best = {.cost = cost, .takes = takes};
        }
        return takes <= target;
    };
    while (best.is_within_target && best.cost.memory_kib < most) {
        Argon2Cost more = best.cost;
        more.memory_kib = std::min(2 * more.memory_kib, most);
        if (!try_cost(more)) {
            break;
        }
    }
    Argon2Cost longer = best.cost;
    longer.iterations = best.is_within_target ? iterations_for(target, best) : best.cost.iterations;
    // A machine is not as even as the arithmetic: come back to what was really measured.
    while (longer.iterations > best.cost.iterations && !try_cost(longer)) {
        --longer.iterations;
    }
    return best;
}

}  // namespace cardea::password
