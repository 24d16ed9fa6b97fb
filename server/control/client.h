// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <filesystem>
#include <string>

namespace cardea::server {

/// Sends one line to the server that listens at `path` and returns the line it answers, both without their
/// end. Errc::not_found when no server listens there, Errc::io when it goes away. Blocks until the answer is
/// there.
[[nodiscard]] Result<std::string> ask_server(const std::filesystem::path& path, std::string line);

}  // namespace cardea::server
