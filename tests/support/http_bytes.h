// SPDX-License-Identifier: Apache-2.0
// What clients and servers of the tests do with the bytes of HTTP on a plain socket.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace cardea::testing {

/// Whether all of it went out.
inline bool send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// How long the body of this head is; 0 where it does not say.
inline std::size_t content_length(const std::string& head) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const std::size_t at = head.find(name);
    return at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + name.size(), nullptr, 10);
}

}  // namespace cardea::testing
