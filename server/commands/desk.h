// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "server/commands/program.h"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::server {

class Shell;

/// Where a command has operations done: in the server that runs on the data folder, or here. What has to be
/// opened for that is opened once, with the first operation, and kept for the others. One thread at a time;
/// the shell outlives it.
class Desk {
 public:
    Desk(const Shell& shell, Opening opening) noexcept : shell_(shell), opening_(opening) {}

    /// Errc::config without a context when the configuration is wrong, which has been said.
    [[nodiscard]] Result<Json> ask(std::string_view operation, std::string_view arguments);

 private:
    [[nodiscard]] Result<std::string> answer(const std::string& line);
    [[nodiscard]] Result<> open();
    [[nodiscard]] std::string answer_here(const std::string& line);

    const Shell& shell_;
    const Opening opening_;
    std::optional<LoadedConfig> loaded_;
    boost::asio::io_context context_{1};  // outlives the stores, which come back to it
    std::shared_ptr<Operations> operations_;
};

}  // namespace cardea::server
