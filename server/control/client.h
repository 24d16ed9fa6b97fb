// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <filesystem>
#include <string>

namespace cardea::server {

/// Who may answer: root and our own user always; the owner of the socket's folder where somebody named that
/// folder, since what is only found may have been put there to be found.
enum class Answerer : bool { we, folder_owner };

/// Sends one line to the server that listens at `path` and returns the line it answers, both without their
/// end. Errc::not_found when no server listens there; Errc::io when it goes away, or when it is a process of
/// another user, who then has seen nothing. Blocks until the answer is there.
[[nodiscard]] Result<std::string> ask_server(
    const std::filesystem::path& path, std::string line, Answerer answerer
);

}  // namespace cardea::server
