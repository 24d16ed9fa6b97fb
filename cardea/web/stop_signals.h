// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace cardea::web {

/// The signals at which a program ends well: SIGTERM, SIGINT, and SIGHUP, which comes when its terminal is
/// closed. That one is left alone where it is ignored already, as `nohup` has it.
[[nodiscard]] std::vector<int> stop_signals();

}  // namespace cardea::web
