// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace cardea {

/// How many cores this process may run on: what taskset or the cpuset of a cgroup left of the machine. At
/// least 1. A quota of time on them (cpu.max, `docker run --cpus`) is not looked at.
[[nodiscard]] std::size_t available_cores() noexcept;

}  // namespace cardea
