// SPDX-License-Identifier: Apache-2.0
#include "server/config/values.h"

#include "cardea/base/json_writer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

namespace cardea::server {
namespace {

/// Decimal digits and nothing else.
std::optional<std::uint64_t> parse_digits(std::string_view text) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the end goes with it
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc() || stop != end) {
        return std::nullopt;
    }
    return value;
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos) {
        std::string_view host = text.substr(0, colon);
        const bool in_brackets = host.starts_with('[') && host.ends_with(']');
        if (in_brackets) {
            host = host.substr(1, host.size() - 2);
        }
        const Result<http::Address> address = http::parse_address(host);
        const std::optional<std::uint64_t> port = parse_digits(text.substr(colon + 1));
        // An IPv6 address needs its brackets: without them, its last group would be taken for the port.
        if (address && port && *port <= UINT16_MAX && in_brackets == host.contains(':')) {
            return Endpoint{*address, static_cast<std::uint16_t>(*port)};
        }
    }
    return fail(Errc::config, "write an address and a port, such as 127.0.0.1:8080 or [::1]:8080");
}

std::string find_exposed(const std::vector<std::string>& endpoints) {
    const auto exposed = std::ranges::find_if(endpoints, [](const std::string& text) {
        const Result<Endpoint> endpoint = parse_endpoint(text);
        return endpoint && !endpoint->address.is_loopback();
    });
    return exposed == endpoints.end() ? "" : *exposed;
}

Result<bool> parse_switch(std::string_view text) {
    if (text == "true" || text == "false") {
        return text == "true";
    }
    return fail(Errc::config, "write true or false");
}

Result<std::size_t> parse_count(std::string_view text, std::size_t least, std::size_t most) {
    const std::optional<std::uint64_t> count = parse_digits(text);
    if (!count || *count < least || *count > most) {
        return fail(Errc::config, fmt::format("write a whole number from {} to {}", least, most));
    }
    return static_cast<std::size_t>(*count);
}

std::string on_off(bool value) {
    return value ? "true" : "false";
}

std::string in_quotes(std::string_view text) {
    std::string out;
    JsonWriter(out).value(text);  // whose escapes TOML has too
    return out;
}

std::string list_in_quotes(const std::vector<std::string>& texts) {
    std::vector<std::string> items;
    std::ranges::transform(texts, std::back_inserter(items), in_quotes);
    return fmt::format("[{}]", fmt::join(items, ", "));
}

}  // namespace cardea::server
