// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/loader.h"

#include <vector>

namespace cardea::server {

/// What is wrong with the files that the settings name: each is read as the start reads it, and nothing is
/// made. Blocks.
[[nodiscard]] std::vector<Mistake> check_files(const LoadedConfig& loaded);

}  // namespace cardea::server
