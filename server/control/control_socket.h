// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <filesystem>
#include <memory>

namespace cardea::server {

class Operations;

/// The name of the socket in the data folder.
inline constexpr const char* control_socket_name = "control.sock";

/// The running server's end: answers the commands of the data folder's owner (and of root), one request per
/// connection. Lives on one event loop and is destroyed after that loop has stopped.
class ControlSocket {
 public:
    /// Makes the socket, mode 0600, in place of one that a crash left behind: the caller holds the folder's
    /// lock. Errc::io with a sentence. `operations` outlives the loop.
    [[nodiscard]] static Result<std::unique_ptr<ControlSocket>> listen(
        const Executor& executor, const std::filesystem::path& path, Operations& operations
    );
    /// Takes the socket away.
    ~ControlSocket();
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;

 private:
    struct State;
    explicit ControlSocket(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace cardea::server
