// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/net/detail/loop.h"

#include <string>
#include <string_view>

namespace cardea::net::detail {

/// `127.0.0.1:8080` or `[::1]:8080`. Errc::config for anything else, host names included.
[[nodiscard]] Result<Tcp::endpoint> parse_listen_address(std::string_view text);
[[nodiscard]] std::string to_string(const Tcp::endpoint& endpoint);

/// Shows by one bind without SO_REUSEPORT that nobody else listens there (with it, the kernel would quietly
/// share the port with any program of the same user), and gives the endpoint with port 0 resolved.
[[nodiscard]] Result<Tcp::endpoint> prove_free(const Tcp::endpoint& endpoint);

/// A listening socket that shares its port with those of the other loops.
[[nodiscard]] Result<Acceptor> open_listener(Executor executor, const Tcp::endpoint& endpoint);

}  // namespace cardea::net::detail
