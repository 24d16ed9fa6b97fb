// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/proxy.h"

#include "cardea/http/detail/characters.h"
#include "cardea/http/detail/parameter_value.h"
#include "cardea/http/headers.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cardea::http {
namespace {

constexpr detail::CharacterSet digits = detail::CharacterSet::range('0', '9');

/// The hops that the header names, from the client's side to ours, as text.
class Hops {
 public:
    [[nodiscard]] bool add(std::string_view hop) noexcept {
        if (size_ == hops_.size()) {
            return false;
        }
        hops_[size_++] = hop;
        return true;
    }
    [[nodiscard]] std::span<const std::string_view> all() const noexcept { return {hops_.data(), size_}; }

 private:
    std::array<std::string_view, 32> hops_;
    std::size_t size_ = 0;
};

bool add_list(Hops& hops, std::string_view line) noexcept {
    while (!line.empty()) {
        if (!hops.add(take_list_member(line, ','))) {
            return false;
        }
    }
    return true;
}

/// Takes one element of Forwarded, `for=...;proto=...`, off the text: its `for`, empty when it has none.
/// nullopt when malformed. A host that the client chose may stand in quotes, commas and all, so quotes are
/// followed exactly.
std::optional<std::string_view> take_forwarded_element(std::string_view& text) noexcept {
    std::optional<std::string_view> hop;
    while (true) {
        const std::string_view name = text.substr(0, text.find('='));
        if (!is_token(name) || name.size() == text.size()) {
            return std::nullopt;
        }
        text.remove_prefix(name.size() + 1);
        const std::optional<std::string_view> value = detail::take_parameter_value(text, " \t;,");
        const bool is_for = equals_ignoring_case(name, "for");
        if (!value || (is_for && hop)) {
            return std::nullopt;
        }
        if (is_for) {
            hop = value;
        }
        text = trim(text);
        if (!text.starts_with(';')) {
            return hop.value_or(std::string_view());
        }
        text = trim(text.substr(1));
    }
}

bool add_forwarded(Hops& hops, std::string_view line) noexcept {
    line = trim(line);
    while (!line.empty()) {
        const std::optional<std::string_view> hop = take_forwarded_element(line);
        if (!hop || !hops.add(*hop) || !(line.empty() || line.starts_with(','))) {
            return false;
        }
        line = trim(line.substr(std::min<std::size_t>(1, line.size())));
    }
    return true;
}

/// An address as proxies write it: alone, in brackets, or with a port that says nothing here.
Result<Address> parse_hop(std::string_view hop) {
    if (hop.starts_with('[')) {
        const std::size_t end = hop.find(']');
        const std::string_view behind = end == std::string_view::npos ? "]" : hop.substr(end + 1);
        if (!behind.empty() && (behind.front() != ':' || !digits.contains_all(behind.substr(1)))) {
            return fail(Errc::malformed, "address from the proxy");
        }
        const std::string_view inside = hop.substr(1, end - 1);
        return inside.contains(':') ? parse_address(inside) : fail(Errc::malformed, "address from the proxy");
    }
    const std::size_t colon = hop.find(':');
    if (colon != std::string_view::npos && colon == hop.rfind(':') &&
        digits.contains_all(hop.substr(colon + 1))) {
        hop = hop.substr(0, colon);
    }
    return parse_address(hop);
}

bool is_trusted(const Address& address, const ProxyPolicy& policy) noexcept {
    return std::ranges::any_of(policy.trust, [&](const Network& network) {
        return network.contains(address);
    });
}

Result<Hops> read_hops(std::span<const Header> headers, std::string_view name) {
    const bool is_forwarded = equals_ignoring_case(name, "Forwarded");
    Hops hops;
    for (const Header& header : headers) {
        if (!equals_ignoring_case(header.name, name)) {
            continue;
        }
        if (!(is_forwarded ? add_forwarded(hops, header.value) : add_list(hops, header.value))) {
            return fail(Errc::malformed, "header from the proxy");
        }
    }
    return hops;
}

}  // namespace

Result<Address> find_client_address(
    const Address& peer, std::span<const Header> headers, const ProxyPolicy& policy
) {
    if (!is_trusted(peer, policy)) {
        return peer;
    }
    Result<Hops> hops = read_hops(headers, policy.header);
    if (!hops) {
        return propagate(hops);
    }
    Address client = peer;
    const std::span<const std::string_view> all = hops->all();
    for (auto hop = all.rbegin(); hop != all.rend(); ++hop) {
        Result<Address> address = parse_hop(*hop);
        if (!address) {
            return address;
        }
        client = *address;
        if (!is_trusted(client, policy)) {
            break;
        }
    }
    return client;
}

}  // namespace cardea::http
