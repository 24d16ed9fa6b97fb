// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/config.h"

#include <string>
#include <vector>

namespace cardea::server {

/// Where to listen: as configured. The default, both loopback addresses, leaves out [::1] on a machine
/// without IPv6, where nobody asked for it; an address that was configured is never left out.
[[nodiscard]] std::vector<std::string> listen_addresses(const Config& config);

}  // namespace cardea::server
