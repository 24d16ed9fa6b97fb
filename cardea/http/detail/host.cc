// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/detail/host.h"

#include "cardea/http/address.h"
#include "cardea/http/detail/characters.h"

#include <algorithm>

namespace cardea::http::detail {
namespace {

constexpr CharacterSet label_characters =
    CharacterSet::alphanumeric_and("-_").without("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
constexpr CharacterSet digits = CharacterSet::range('0', '9');

bool is_label(std::string_view label) noexcept {
    return !label.empty() && label.size() <= 63 && label_characters.contains_all(label) &&
           label.front() != '-' && label.back() != '-';
}

/// WHATWG URL "ends in a number": browsers read such a host as an IPv4 address, whatever its spelling.
bool ends_in_number(std::string_view name) noexcept {
    const std::size_t dot = name.rfind('.');
    const std::string_view last = dot == std::string_view::npos ? name : name.substr(dot + 1);
    return (!last.empty() && digits.contains_all(last)) || last.starts_with("0x");
}

}  // namespace

bool is_host_name(std::string_view text) noexcept {
    if (text.empty() || text.size() > 253 || ends_in_number(text)) {
        return false;
    }
    while (true) {
        const std::size_t dot = text.find('.');
        if (!is_label(text.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

Result<std::string> parse_host(std::string_view text) {
    if (text.starts_with('[') && text.ends_with(']')) {
        const std::string_view inside = text.substr(1, text.size() - 2);
        Result<Address> address = parse_address(inside);
        if (!address || !inside.contains(':')) {
            return fail(Errc::malformed, "IPv6 address of the URL");
        }
        std::string host = "[" + address->to_string() + "]";
        return host.contains('.') ? Result<std::string>(fail(Errc::invalid, "IPv4 address in IPv6")) : host;
    }
    std::string host(text);
    std::ranges::transform(host, host.begin(), to_lower);
    if (ends_in_number(host)) {
        const Result<Address> address = parse_address(host);
        return address ? Result<std::string>(host) : fail(Errc::invalid, "host that ends in a number");
    }
    return is_host_name(host) ? Result<std::string>(host) : fail(Errc::malformed, "host of the URL");
}

}  // namespace cardea::http::detail
