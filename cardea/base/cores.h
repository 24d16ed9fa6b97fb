// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace cardea {

/// How many cores this process may run on: what taskset, a cgroup's cpuset or a container left of the
/// machine. At least 1.
[[nodiscard]] std::size_t available_cores() noexcept;

}  // namespace cardea
