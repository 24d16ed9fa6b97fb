// SPDX-License-Identifier: Apache-2.0
#include "server/listen.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cardea::server {
namespace {

bool has_ipv6_loopback() {
    const int descriptor = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        return false;
    }
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    const bool bound = ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(descriptor);
    return bound;
}

}  // namespace

std::vector<std::string> listen_addresses(const Config& config) {
    std::vector<std::string> addresses = config.listen;
    if (addresses == Config().listen && !has_ipv6_loopback()) {
        std::erase_if(addresses, [](const std::string& address) { return address.starts_with('['); });
    }
    return addresses;
}

}  // namespace cardea::server
