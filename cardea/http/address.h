// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardea::http {

/// An IP address. IPv4 and IPv4-mapped IPv6 are one and the same value, so that nobody has two addresses.
class Address {
 public:
    /// The unspecified address "::".
    constexpr Address() noexcept = default;
    /// Sixteen bytes in network order, IPv4 in its mapped form.
    constexpr explicit Address(const std::array<std::uint8_t, 16>& bytes) noexcept : bytes_(bytes) {}

    [[nodiscard]] const std::array<std::uint8_t, 16>& bytes() const noexcept { return bytes_; }
    [[nodiscard]] bool is_v4() const noexcept;
    [[nodiscard]] bool is_loopback() const noexcept;
    /// "192.0.2.1" or "2001:db8::1" (RFC 5952).
    [[nodiscard]] std::string to_string() const;
    /// What limits count by: the address for IPv4, for IPv6 the network ("2001:db8:0:1::/64"), since one
    /// customer has all addresses of it. `ipv6_prefix` is at most 128.
    [[nodiscard]] std::string limit_key(unsigned ipv6_prefix = 64) const;

    friend bool operator==(const Address&, const Address&) = default;

 private:
    std::array<std::uint8_t, 16> bytes_{};
};

/// Errc::malformed unless the text is one address in its usual spelling: dotted IPv4 without leading zeros,
/// or IPv6 without brackets or zone.
[[nodiscard]] Result<Address> parse_address(std::string_view text);

/// Address::limit_key of whoever sent a request. What is no address (a socket of a proxy beside us) counts as
/// it is written.
[[nodiscard]] std::string limit_key(std::string_view client_address);

/// A block of addresses in CIDR notation.
class Network {
 public:
    [[nodiscard]] bool contains(const Address& address) const noexcept;
    /// The number behind the slash, at most 32 for IPv4, however the network was written.
    [[nodiscard]] unsigned prefix_length() const noexcept;

 private:
    friend Result<Network> parse_network(std::string_view text);

    Address base_;
    unsigned prefix_ = 128;  // counted in the sixteen bytes
};

/// "10.0.0.0/8", "2001:db8::/32" or one address. Errc::malformed; Errc::invalid when bits behind the prefix
/// are set, since the writer then meant something else.
[[nodiscard]] Result<Network> parse_network(std::string_view text);

}  // namespace cardea::http
