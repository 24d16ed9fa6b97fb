// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/address.h"
#include "cardea/http/url.h"

#include <utility>
#include <vector>

namespace cardea::fetch {

/// Whether the address belongs to the public internet, by the registries of RFC 6890. Private, loopback,
/// link-local, shared (CGNAT), multicast, documentation, benchmarking and reserved addresses do not, nor do
/// IPv6 addresses that stand for such an IPv4 address (IPv4-mapped, NAT64, 6to4) or that tunnel (Teredo).
[[nodiscard]] bool is_public(const http::Address& address) noexcept;

/// Where requests may go: to every public address, and to networks that a setting names. Immutable.
class Destinations {
 public:
    Destinations() = default;
    explicit Destinations(std::vector<http::Network> also) noexcept : also_(std::move(also)) {}

    /// Whether a socket may be opened to it.
    [[nodiscard]] bool allow(const http::Address& address) const noexcept;

    /// Errc::destination_refused for plain http, unless the host is this machine, and for a host that is an
    /// address which is not allowed. A host with a name is decided when its address is known.
    [[nodiscard]] Result<> check(const http::Url& url) const;

 private:
    std::vector<http::Network> also_;
};

}  // namespace cardea::fetch
