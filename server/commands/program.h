// SPDX-License-Identifier: Apache-2.0
/// server/commands: what an operator types. Each command reads its arguments, asks for one operation (in the
/// running server, or in this process when none runs), and prints the answer for people or, with --json, for
/// programs. Secrets come from a prompt or from standard input, never from an argument.
#pragma once

#include "cardea/base/result.h"
#include "server/config/loader.h"
#include "server/operations.h"

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace cardea::sql {
struct Restored;
}

namespace cardea::server {

/// What the commands start and open; main() fills it in, tests put their own here.
struct Program {
    /// Serves until it is told to stop. Errors are a sentence.
    Result<> (*serve)(Config config) = nullptr;
    /// Opens the stores for one command, when no server runs. Errors are a sentence.
    Result<std::shared_ptr<Operations>> (*open)(const Config& config, Opening opening) = nullptr;
    /// Puts a backup in the place of the database, which nobody may have open. Errors are a sentence.
    Result<sql::Restored> (*restore)(const Config& config, const std::filesystem::path& backup) = nullptr;
    /// What is wrong with a backup, a sentence each. Errc::store_corrupt when it cannot even be read.
    Result<std::vector<std::string>> (*check_backup)(const std::filesystem::path& backup) = nullptr;
    Variables environment;
};

struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
};

/// What the process ends with.
enum class ExitStatus : int {
    done = 0,
    failed = 1,  ///< what was asked for could not be done, or a check found something
    usage = 2,   ///< the command line or the configuration is wrong, or an import stopped before its end
};

/// Runs the command line, without the program's name.
[[nodiscard]] ExitStatus run_program(
    const std::vector<std::string>& arguments, const Program& program, Streams streams
);

}  // namespace cardea::server
