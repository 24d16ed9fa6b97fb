// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/url.h"

#include "cardea/http/address.h"
#include "cardea/http/detail/host.h"
#include "cardea/http/detail/percent.h"
#include "cardea/http/headers.h"

#include <charconv>
#include <utility>

namespace cardea::http {
namespace {

using detail::CharacterSet;

// RFC 3986 pchar. WHATWG escapes ' in queries, so it is refused there rather than changed.
constexpr CharacterSet path_characters = CharacterSet::alphanumeric_and("/-._~!$&'()*+,;=:@%");
constexpr CharacterSet query_characters = path_characters.with("?").without("'");
constexpr CharacterSet fragment_characters = path_characters.with("?");

/// Takes what stands before the first of `ends` off the text; the end itself stays.
std::string_view take_until(std::string_view& text, std::string_view ends) noexcept {
    const std::string_view taken = text.substr(0, text.find_first_of(ends));
    text.remove_prefix(taken.size());
    return taken;
}

Result<> check_part(std::string_view part, const CharacterSet& allowed) {
    if (!allowed.contains_all(part)) {
        return fail(Errc::malformed, "character in the URL");
    }
    for (std::size_t at = part.find('%'); at != std::string_view::npos; at = part.find('%', at + 1)) {
        if (!detail::is_escape(part.substr(at))) {
            return fail(Errc::malformed, "escape in the URL");
        }
    }
    return {};
}

/// "." and ".." in every spelling that browsers remove.
bool is_dot_segment(std::string_view segment) noexcept {
    std::size_t dots = 0;
    while (!segment.empty()) {
        if (detail::take_percent_decoded(segment) != '.') {
            return false;
        }
        ++dots;
    }
    return dots == 1 || dots == 2;
}

Result<> check_path(std::string_view path) {
    if (Result<> characters = check_part(path, path_characters); !characters) {
        return characters;
    }
    while (!path.empty()) {
        path.remove_prefix(1);
        if (is_dot_segment(take_until(path, "/"))) {
            return fail(Errc::invalid, "dot segment in the URL");
        }
    }
    return {};
}

Result<std::uint16_t> parse_port(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.front() == '0') {
        return fail(Errc::malformed, "port of the URL");
    }
    return port;
}

}  // namespace

std::string Url::authority() const {
    return has_default_port() ? host_ : host_ + ":" + std::to_string(port_);
}

bool Url::is_loopback() const {
    if (host_ == "localhost" || host_.ends_with(".localhost") || host_ == "[::1]") {
        return true;
    }
    const Result<Address> address = parse_address(host_);
    return address && address->is_loopback();
}

std::string Url::to_string() const {
    std::string text = scheme_ + "://" + authority() + path_;
    if (query_) {
        text.append("?").append(*query_);
    }
    if (fragment_) {
        text.append("#").append(*fragment_);
    }
    return text;
}

Result<> Url::take_scheme(std::string_view& text) {
    constexpr std::string_view separator = "://";
    const std::size_t end = text.find(separator);
    if (end == text.npos) {
        return fail(Errc::unsupported, "scheme of the URL");
    }
    for (const std::string_view scheme : {"http", "https"}) {
        if (equals_ignoring_case(text.substr(0, end), scheme)) {
            scheme_ = scheme;
            port_ = scheme == "https" ? 443 : 80;
            text.remove_prefix(end + separator.size());
            return {};
        }
    }
    return fail(Errc::unsupported, "scheme of the URL");
}

Result<> Url::read_authority(std::string_view authority) {
    if (authority.contains('@')) {
        return fail(Errc::invalid, "user name in the URL");
    }
    // The colon of a port stands behind the bracket of an IPv6 address.
    const std::size_t colon =
        authority.find(':', authority.find(']') == authority.npos ? 0 : authority.find(']'));
    Result<std::string> host = detail::parse_host(authority.substr(0, colon));
    if (!host) {
        return propagate(host);
    }
    host_ = std::move(*host);
    if (colon == authority.npos) {
        return {};
    }
    Result<std::uint16_t> port = parse_port(authority.substr(colon + 1));
    if (!port) {
        return propagate(port);
    }
    port_ = *port;
    return {};
}

Result<Url> parse_url(std::string_view text) {
    if (text.size() > max_url_bytes) {
        return fail(Errc::too_large, "URL");
    }
    Url url;
    if (Result<> scheme = url.take_scheme(text); !scheme) {
        return propagate(scheme);
    }
    if (Result<> authority = url.read_authority(take_until(text, "/?#")); !authority) {
        return propagate(authority);
    }
    const std::string_view path = take_until(text, "?#");
    if (Result<> checked = check_path(path); !checked) {
        return propagate(checked);
    }
    url.path_ = path.empty() ? "/" : path;
    if (text.starts_with('?')) {
        text.remove_prefix(1);
        url.query_ = take_until(text, "#");
    }
    if (text.starts_with('#')) {
        url.fragment_ = text.substr(1);
    }
    if (Result<> checked = check_part(url.query_.value_or(""), query_characters); !checked) {
        return propagate(checked);
    }
    if (Result<> checked = check_part(url.fragment_.value_or(""), fragment_characters); !checked) {
        return propagate(checked);
    }
    return url;
}

Result<Origin> parse_origin(std::string_view text) {
    Result<Url> url = parse_url(text);
    if (!url || url->origin() != text) {
        return fail(Errc::malformed, "origin");
    }
    return url->origin();
}

}  // namespace cardea::http
