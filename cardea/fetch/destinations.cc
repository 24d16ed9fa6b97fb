// SPDX-License-Identifier: Apache-2.0
#include "cardea/fetch/destinations.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

namespace cardea::fetch {
namespace {

using http::Address;
using http::Network;

// IANA IPv4 Special-Purpose Address Registry, without what is globally reachable.
constexpr std::array<std::string_view, 15> special_v4{
    "0.0.0.0/8",        // this network (RFC 791)
    "10.0.0.0/8",       // private (RFC 1918)
    "100.64.0.0/10",    // shared: carrier-grade NAT (RFC 6598)
    "127.0.0.0/8",      // loopback
    "169.254.0.0/16",   // link-local, where clouds keep their metadata (RFC 3927)
    "172.16.0.0/12",    // private
    "192.0.0.0/24",     // protocol assignments (RFC 6890)
    "192.0.2.0/24",     // documentation (RFC 5737)
    "192.88.99.0/24",   // 6to4 relays, given up (RFC 7526)
    "192.168.0.0/16",   // private
    "198.18.0.0/15",    // benchmarking (RFC 2544)
    "198.51.100.0/24",  // documentation
    "203.0.113.0/24",   // documentation
    "224.0.0.0/4",      // multicast (RFC 1112)
    "240.0.0.0/4",      // reserved, and the broadcast address
};

// Of IPv6 only 2000::/3 is given out (RFC 4291), so only what is special within it stands here.
constexpr std::array<std::string_view, 3> special_v6{
    "2001::/23",      // protocol assignments: Teredo, ORCHID, benchmarking (RFC 2928)
    "2001:db8::/32",  // documentation (RFC 3849)
    "3fff::/20",      // documentation (RFC 9637)
};

std::vector<Network> parse_all(std::span<const std::string_view> texts) {
    std::vector<Network> networks;
    for (const std::string_view text : texts) {
        networks.push_back(http::parse_network(text).value());
    }
    return networks;
}

bool any_contains(std::span<const Network> networks, const Address& address) noexcept {
    return std::ranges::any_of(networks, [&](const Network& network) { return network.contains(address); });
}

/// Four bytes of an IPv6 address as the IPv4 address that they are.
Address v4_at(const Address& address, std::size_t offset) noexcept {
    std::array<std::uint8_t, 16> bytes{};
    bytes[10] = 0xff;
    bytes[11] = 0xff;
    std::copy_n(address.bytes().begin() + static_cast<std::ptrdiff_t>(offset), 4, bytes.begin() + 12);
    return Address(bytes);
}

/// The IPv4 address that a translator or relay sends this IPv6 address on to.
std::optional<Address> find_embedded_v4(const Address& address) noexcept {
    static const Network nat64 = http::parse_network("64:ff9b::/96").value();     // RFC 6052
    static const Network six_to_four = http::parse_network("2002::/16").value();  // RFC 3056
    if (nat64.contains(address)) {
        return v4_at(address, 12);
    }
    if (six_to_four.contains(address)) {
        return v4_at(address, 2);
    }
    return std::nullopt;
}

bool is_public_v4(const Address& address) noexcept {
    static const std::vector<Network> special = parse_all(special_v4);
    return !any_contains(special, address);
}

bool is_public_v6(const Address& address) noexcept {
    static const std::vector<Network> special = parse_all(special_v6);
    static const Network unicast = http::parse_network("2000::/3").value();
    return unicast.contains(address) && !any_contains(special, address);
}

}  // namespace

bool is_public(const Address& address) noexcept {
    if (address.is_v4()) {
        return is_public_v4(address);
    }
    if (const std::optional<Address> embedded = find_embedded_v4(address)) {
        return is_public_v4(*embedded);
    }
    return is_public_v6(address);
}

bool Destinations::allow(const Address& address) const noexcept {
    return is_public(address) || any_contains(also_, address);
}

Result<> Destinations::check(const http::Url& url) const {
    if (url.scheme() != "https" && !url.is_loopback()) {
        return fail(Errc::destination_refused, "fetch: plain http to " + url.host());
    }
    std::string_view host = url.host();
    if (host.starts_with('[')) {
        host = host.substr(1, host.size() - 2);
    }
    const Result<Address> address = http::parse_address(host);
    if (address && !allow(*address)) {
        return fail(Errc::destination_refused, "fetch: " + url.host() + " is not a public address");
    }
    return {};
}

}  // namespace cardea::fetch
