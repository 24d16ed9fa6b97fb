// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/config.h"

#include <string>
#include <vector>

namespace cardea::server {

/// What may be meant and is dangerous otherwise: a sentence each, which begins with the setting and says what
/// to do. The start tells them, and so does `cardea config check`; neither fails.
[[nodiscard]] std::vector<std::string> find_warnings(const Config& config);

}  // namespace cardea::server
