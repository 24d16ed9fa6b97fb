// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/config.h"
#include "server/config/root_secret.h"

#include <string>
#include <vector>

namespace cardea::server {

/// What `cardea serve` says when it is ready: where it is, what to do next, and what is not as safe as it
/// could be.
[[nodiscard]] std::string banner(
    const Config& config, const RootSecret& secret, const std::vector<std::string>& addresses
);

/// Writes it to standard output.
void print_banner(const Config& config, const RootSecret& secret, const std::vector<std::string>& addresses);

}  // namespace cardea::server
