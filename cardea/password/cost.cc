// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/cost.h"

#include <algorithm>
#include <array>

namespace cardea::password {
namespace {

// OWASP Password Storage Cheat Sheet: as good as each other, less memory for more time.
constexpr std::array<Argon2Cost, 5> weakest_costs{
    {{47'104, 1}, {19'456, 2}, {12'288, 3}, {9'216, 4}, {7'168, 5}}
};

}  // namespace

Result<> check_cost(const Argon2Cost& cost) {
    const bool is_strong = std::ranges::any_of(weakest_costs, [&](const Argon2Cost& weakest) {
        return cost.memory_kib >= weakest.memory_kib && cost.iterations >= weakest.iterations;
    });
    const bool is_possible = cost.lanes == 1 && cost.memory_kib <= max_argon2_cost.memory_kib &&
                             cost.iterations <= max_argon2_cost.iterations;
    if (!is_possible || !is_strong) {
        return fail(
            Errc::config,
            "the password cost must be one lane, at most 262144 KiB and 16 iterations, and at least as much "
            "as 19456 KiB with 2 iterations or 7168 KiB with 5"
        );
    }
    return {};
}

}  // namespace cardea::password
