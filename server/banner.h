// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/config.h"
#include "server/config/root_secret.h"

#include <string>
#include <vector>

namespace cardea::server {

/// Whether there are people already: the first step is another one then.
enum class Accounts : std::uint8_t { none, some };

/// What `cardea serve` says when it is ready: where it is, what to do next, and what is not as safe as it
/// could be.
[[nodiscard]] std::string banner(
    const Config& config,
    const RootSecret& secret,
    const std::vector<std::string>& addresses,
    Accounts accounts
);

/// Writes it to standard output, unless the log is JSON and nobody sits at a terminal; and to the log, unless
/// both go to a terminal, as `start.ready` and a `start.warning` for each thing that is not as safe as it
/// could be.
void tell_ready(
    const Config& config,
    const RootSecret& secret,
    const std::vector<std::string>& addresses,
    Accounts accounts
);

}  // namespace cardea::server
