// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "server/config/config.h"

namespace cardea::server {

/// `cardea serve`: opens everything, listens, says where, and returns after SIGTERM, SIGINT or SIGHUP, when
/// running requests are answered and everything is on disk. Errors are one sentence in the context. Blocks.
[[nodiscard]] Result<> serve(Config config);

}  // namespace cardea::server
