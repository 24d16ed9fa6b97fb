// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>

namespace cardea::http {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned v4_offset = 8 * mapped_prefix.size();

/// Whether two addresses agree in their first `bits` bits.
bool share_prefix(const Address& a, const Address& b, unsigned bits) noexcept {
    const std::size_t whole = bits / 8;
    if (!std::equal(a.bytes().begin(), a.bytes().begin() + whole, b.bytes().begin())) {
        return false;
    }
    const unsigned rest = bits % 8;
    return rest == 0 || (a.bytes()[whole] ^ b.bytes()[whole]) >> (8 - rest) == 0;
}

Address first_of_network(const Address& address, unsigned prefix) noexcept {
    std::array<std::uint8_t, 16> bytes = address.bytes();
    for (unsigned bit = prefix; bit < 128; ++bit) {
        bytes[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> (bit % 8)));
    }
    return Address(bytes);
}

}  // namespace

bool Address::is_v4() const noexcept {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes_.begin());
}

bool Address::is_loopback() const noexcept {
    std::array<std::uint8_t, 16> v6_loopback{};
    v6_loopback.back() = 1;
    return is_v4() ? bytes_[12] == 127 : bytes_ == v6_loopback;
}

std::string Address::to_string() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_v4()) {
        ::inet_ntop(AF_INET, bytes_.data() + mapped_prefix.size(), text.data(), text.size());
    } else {
        ::inet_ntop(AF_INET6, bytes_.data(), text.data(), text.size());
    }
    return text.data();
}

std::string Address::limit_key(unsigned ipv6_prefix) const {
    if (is_v4()) {
        return to_string();
    }
    return first_of_network(*this, ipv6_prefix).to_string() + "/" + std::to_string(ipv6_prefix);
}

Result<Address> parse_address(std::string_view text) {
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size() || text.contains('\0')) {
        return fail(Errc::malformed, "address");
    }
    std::ranges::copy(text, terminated.begin());
    std::array<std::uint8_t, 16> bytes{};
    if (text.contains(':')) {
        if (::inet_pton(AF_INET6, terminated.data(), bytes.data()) != 1) {
            return fail(Errc::malformed, "address");
        }
        return Address(bytes);
    }
    std::ranges::copy(mapped_prefix, bytes.begin());
    if (::inet_pton(AF_INET, terminated.data(), bytes.data() + mapped_prefix.size()) != 1) {
        return fail(Errc::malformed, "address");
    }
    return Address(bytes);
}

std::string limit_key(std::string_view client_address) {
    const Result<Address> address = parse_address(client_address);
    return address ? address->limit_key() : std::string(client_address);
}

bool Network::contains(const Address& address) const noexcept {
    return base_.is_v4() == address.is_v4() && share_prefix(base_, address, prefix_);
}

unsigned Network::prefix_length() const noexcept {
    return base_.is_v4() ? prefix_ - v4_offset : prefix_;
}

Result<Network> parse_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    Result<Address> base = parse_address(text.substr(0, slash));
    if (!base) {
        return propagate(base);
    }
    Network network;
    network.base_ = *base;
    if (slash == std::string_view::npos) {
        return network;
    }
    const std::string_view digits = text.substr(slash + 1);
    const unsigned offset = text.contains(':') ? 0 : v4_offset;
    unsigned prefix = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (error != std::errc() || end != digits.data() + digits.size() || prefix > 128 - offset ||
        (digits.size() > 1 && digits.front() == '0')) {
        return fail(Errc::malformed, "prefix length");
    }
    network.prefix_ = prefix + offset;
    if (first_of_network(*base, network.prefix_) != *base) {
        return fail(Errc::invalid, "address bits behind the prefix");
    }
    return network;
}

}  // namespace cardea::http
