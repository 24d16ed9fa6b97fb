// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/request_rules.h"

#include "cardea/http/headers.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace cardea::net {
namespace {

using http::equals_ignoring_case;

/// The headers that the engine reads itself or that may come only once.
enum class Known : std::uint8_t {
    host,
    content_length,
    content_type,
    authorization,
    origin,
    cookie,
    x_api_key,
    last_single = x_api_key,
    transfer_encoding,
    connection,
    expect,
    other,
};

struct KnownName {
    std::string_view name;
    Known known;
};

/// Spelled as clients spell them, which makes comparing quick.
constexpr KnownName known_names[] = {
    {"Host", Known::host},
    {"Content-Length", Known::content_length},
    {"Content-Type", Known::content_type},
    {"Authorization", Known::authorization},
    {"Origin", Known::origin},
    {"Cookie", Known::cookie},
    {"X-API-Key", Known::x_api_key},
    {"Transfer-Encoding", Known::transfer_encoding},
    {"Connection", Known::connection},
    {"Expect", Known::expect},
};

Known classify(std::string_view name) noexcept {
    for (const KnownName& candidate : known_names) {
        if (candidate.name.size() == name.size() && equals_ignoring_case(candidate.name, name)) {
            return candidate.known;
        }
    }
    return Known::other;
}

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_port(std::string_view text) noexcept {
    unsigned port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return text.size() <= 5 && std::ranges::all_of(text, is_digit) && error == std::errc() && port <= 65535;
}

bool is_host_name(std::string_view text) noexcept {
    return !text.empty() && text.size() <= 255 && std::ranges::all_of(text, [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
               c == '_';
    });
}

bool is_bracketed_address(std::string_view text) noexcept {
    if (text.size() < 4 || text.size() > 47 || text.front() != '[' || text.back() != ']') {
        return false;
    }
    return std::ranges::all_of(text.substr(1, text.size() - 2), [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
    });
}

struct HostAndPort {
    std::string_view host;  // IPv6 with its brackets
    std::string_view port;  // with its colon, or empty
};

HostAndPort split_port(std::string_view text) noexcept {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || text.ends_with(']')) {
        return {text, {}};
    }
    return {text.substr(0, colon), text.substr(colon)};
}

bool is_well_formed_host(std::string_view text) noexcept {
    const HostAndPort parts = split_port(text);
    const bool port_is_fine = parts.port.empty() || (parts.port.size() > 1 && is_port(parts.port.substr(1)));
    return port_is_fine && (is_host_name(parts.host) || is_bracketed_address(parts.host));
}

/// What the headers say, gathered in one pass.
struct Gathered {
    std::optional<std::string_view> host;
    std::optional<std::string_view> content_length;
    std::optional<std::string_view> transfer_encoding;
    std::string_view expect;
    bool close = false;
    bool keep_alive = false;
};

void gather_connection(std::string_view options, Gathered& gathered) noexcept {
    while (!options.empty()) {
        const std::string_view option = http::take_list_member(options, ',');
        gathered.close |= equals_ignoring_case(option, "close");
        gathered.keep_alive |= equals_ignoring_case(option, "keep-alive");
    }
}

std::expected<void, Refusal> gather(Known known, std::string_view value, Gathered& gathered) noexcept {
    switch (known) {
        case Known::host:
            gathered.host = value;
            break;
        case Known::content_length:
            gathered.content_length = value;
            break;
        case Known::transfer_encoding:
            if (gathered.transfer_encoding) {
                return std::unexpected(Refusal::ambiguous_length);
            }
            gathered.transfer_encoding = value;
            break;
        case Known::connection:
            gather_connection(value, gathered);
            break;
        case Known::expect:
            if (!equals_ignoring_case(value, "100-continue")) {
                return std::unexpected(Refusal::unsupported_expectation);
            }
            gathered.expect = value;
            break;
        default:
            break;
    }
    return {};
}

std::expected<Gathered, Refusal> gather(std::span<const http::Header> headers) noexcept {
    Gathered gathered;
    unsigned seen = 0;
    for (const http::Header& header : headers) {
        const Known known = classify(header.name);
        if (known <= Known::last_single) {
            const unsigned bit = 1U << std::to_underlying(known);
            if ((seen & bit) != 0) {
                return std::unexpected(Refusal::repeated_header);
            }
            seen |= bit;
        }
        if (const auto kept = gather(known, header.value, gathered); !kept) {
            return std::unexpected(kept.error());
        }
    }
    return gathered;
}

std::expected<http::Method, Refusal> check_method(std::string_view method) noexcept {
    if (!std::ranges::all_of(method, [](char c) { return c >= 'A' && c <= 'Z'; })) {
        return std::unexpected(Refusal::malformed_method);
    }
    const std::optional<http::Method> found = http::find_method(method);
    if (!found) {
        return std::unexpected(Refusal::unsupported_method);
    }
    return *found;
}

std::expected<std::string_view, Refusal> check_host(
    std::optional<std::string_view> host, const AllowedHosts& allowed
) noexcept {
    if (!host) {
        return std::unexpected(Refusal::missing_host);
    }
    if (!is_well_formed_host(*host)) {
        return std::unexpected(Refusal::malformed_host);
    }
    if (!allowed.contains(*host)) {
        return std::unexpected(Refusal::unknown_host);
    }
    return *host;
}

std::expected<std::uint64_t, Refusal> parse_length(std::string_view text, std::size_t limit) noexcept {
    if (text.empty() || !std::ranges::all_of(text, is_digit)) {
        return std::unexpected(Refusal::malformed_length);
    }
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (error != std::errc()) {
        return std::unexpected(Refusal::malformed_length);
    }
    if (length > limit) {
        return std::unexpected(Refusal::body_too_long);
    }
    return length;
}

/// RFC 9112 6: where the body ends, with every case that two readers could decide differently refused.
std::expected<void, Refusal> check_framing(
    const Gathered& gathered, unsigned minor_version, std::size_t body_bytes, HeadVerdict& verdict
) noexcept {
    if (gathered.transfer_encoding) {
        if (minor_version == 0) {
            return std::unexpected(Refusal::coding_before_http11);
        }
        if (gathered.content_length) {
            return std::unexpected(Refusal::ambiguous_length);
        }
        if (!equals_ignoring_case(*gathered.transfer_encoding, "chunked")) {
            return std::unexpected(Refusal::unsupported_coding);
        }
        verdict.framing = Framing::chunked;
        return {};
    }
    if (gathered.content_length) {
        const auto length = parse_length(*gathered.content_length, body_bytes);
        if (!length) {
            return std::unexpected(length.error());
        }
        verdict.framing = *length > 0 ? Framing::sized : Framing::none;
        verdict.content_length = *length;
    }
    return {};
}

}  // namespace

AllowedHosts::AllowedHosts(std::vector<std::string> names) : names_(std::move(names)) {}

bool AllowedHosts::contains(std::string_view host) const noexcept {
    if (names_.empty()) {
        return true;
    }
    const std::string_view without_port = split_port(host).host;
    return std::ranges::any_of(names_, [&](const std::string& name) {
        return equals_ignoring_case(name, host) || equals_ignoring_case(name, without_port);
    });
}

std::expected<HeadVerdict, Refusal> check_head(
    const RawHead& head, const Limits& limits, const AllowedHosts& hosts
) {
    HeadVerdict verdict;
    const auto method = check_method(head.method);
    if (!method) {
        return std::unexpected(method.error());
    }
    const auto gathered = gather(head.headers);
    if (!gathered) {
        return std::unexpected(gathered.error());
    }
    if (const auto framed = check_framing(*gathered, head.minor_version, limits.body_bytes, verdict);
        !framed) {
        return std::unexpected(framed.error());
    }
    const auto host = check_host(gathered->host, hosts);
    if (!host) {
        return std::unexpected(host.error());
    }
    const bool is_http11 = head.minor_version >= 1;
    verdict.method = *method;
    verdict.host = *host;
    verdict.keep_alive =
        !gathered->close && (is_http11 || gathered->keep_alive) ? KeepAlive::yes : KeepAlive::no;
    // RFC 9110 10.1.1: an HTTP/1.0 client that sends it cannot mean it.
    verdict.expect_continue =
        is_http11 && !gathered->expect.empty() ? ExpectContinue::yes : ExpectContinue::no;
    return verdict;
}

}  // namespace cardea::net
