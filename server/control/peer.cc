// SPDX-License-Identifier: Apache-2.0
#include "server/control/peer.h"

#include <sys/socket.h>

namespace cardea::server {

std::optional<uid_t> find_peer(int descriptor) noexcept {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return std::nullopt;
    }
    return peer.uid;
}

bool is_trusted_peer(std::optional<uid_t> peer, uid_t us, std::optional<uid_t> other) noexcept {
    return peer && (*peer == 0 || *peer == us || peer == other);
}

}  // namespace cardea::server
