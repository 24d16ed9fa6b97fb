// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/loader.h"

#include <filesystem>

namespace cardea::server {

/// Reads the file that was named. A mistake when it cannot be read, or shows a secret to others. Blocks.
void gather_file(const std::filesystem::path& path, Gathered& into);

/// Reads `cardea.toml` of the working folder, if there is one. A mistake also when it is not ours (trust.h).
void gather_default_file(Gathered& into);

}  // namespace cardea::server
