// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/cookie.h"

#include "cardea/http/detail/characters.h"
#include "cardea/http/detail/host.h"
#include "cardea/http/headers.h"

#include <utility>

namespace cardea::http {
namespace {

/// cookie-octet of RFC 6265bis.
constexpr detail::CharacterSet cookie_characters = detail::printable_ascii.without(" \",;\\");

std::string_view attribute(SameSite same_site) noexcept {
    switch (same_site) {
        case SameSite::lax:
            return "; SameSite=Lax";
        case SameSite::strict:
            return "; SameSite=Strict";
        case SameSite::none:
            return "; SameSite=None";
    }
    return "; SameSite=Strict";
}

}  // namespace

std::optional<Cookie> CookieReader::next() noexcept {
    while (!rest_.empty()) {
        const std::string_view pair = take_list_member(rest_, ';');
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && equals > 0) {
            return Cookie{pair.substr(0, equals), pair.substr(equals + 1)};
        }
    }
    return std::nullopt;
}

Result<std::optional<std::string_view>> find_cookie(std::string_view header, std::string_view name) {
    std::optional<std::string_view> found;
    CookieReader reader(header);
    while (const std::optional<Cookie> cookie = reader.next()) {
        if (cookie->name != name) {
            continue;
        }
        if (found) {
            return fail(Errc::ambiguous_credentials, "repeated cookie");
        }
        if (!cookie_characters.contains_all(cookie->value)) {
            return fail(Errc::malformed, "cookie value");
        }
        found = cookie->value;
    }
    return found;
}

CookieWriter::CookieWriter(std::string name, std::string attributes)
    : name_(std::move(name)), attributes_(std::move(attributes)) {}

Result<CookieWriter> CookieWriter::make(std::string name, std::string attributes, SameSite same_site) {
    if (!is_token(name)) {
        return fail(Errc::invalid, "cookie name");
    }
    attributes.append("; HttpOnly").append(attribute(same_site));
    return CookieWriter(std::move(name), std::move(attributes));
}

Result<CookieWriter> CookieWriter::for_host(std::string_view name, SameSite same_site) {
    return make("__Host-" + std::string(name), "; Path=/; Secure", same_site);
}

Result<CookieWriter> CookieWriter::for_domain(
    std::string_view name, std::string_view domain, SameSite same_site
) {
    if (domain.empty()) {
        return fail(Errc::invalid, "cookie domain");
    }
    return for_peer("__Secure-" + std::string(name), domain, same_site);
}

Result<CookieWriter> CookieWriter::for_peer(
    std::string_view name, std::string_view domain, SameSite same_site
) {
    if (domain.empty()) {
        return make(std::string(name), "; Path=/; Secure", same_site);
    }
    // A domain of one label would be a whole top-level domain; browsers ignore the cookie.
    if (!detail::is_host_name(domain) || !domain.contains('.')) {
        return fail(Errc::invalid, "cookie domain");
    }
    if (equals_ignoring_case(name.substr(0, 7), "__Host-")) {
        return fail(Errc::invalid, "cookie prefix __Host- with a domain");
    }
    return make(std::string(name), "; Domain=" + std::string(domain) + "; Path=/; Secure", same_site);
}

Result<CookieWriter> CookieWriter::for_localhost(std::string_view name, SameSite same_site) {
    if (same_site == SameSite::none) {
        return fail(Errc::invalid, "SameSite=None without Secure");
    }
    // Browsers compare prefixes without case and would refuse such a cookie without Secure.
    if (equals_ignoring_case(name.substr(0, 7), "__Host-") ||
        equals_ignoring_case(name.substr(0, 9), "__Secure-")) {
        return fail(Errc::invalid, "cookie prefix without Secure");
    }
    return make(std::string(name), "; Path=/", same_site);
}

Result<std::string> CookieWriter::set(std::string_view value, std::optional<std::chrono::seconds> max_age)
    const {
    if (!cookie_characters.contains_all(value)) {
        return fail(Errc::invalid, "cookie value");
    }
    std::string line;
    line.reserve(name_.size() + value.size() + attributes_.size() + 32);
    line.append(name_).append("=").append(value).append(attributes_);
    if (max_age) {
        line.append("; Max-Age=").append(std::to_string(max_age->count()));
    }
    if (line.size() > max_bytes) {
        return fail(Errc::too_large, "cookie");
    }
    return line;
}

std::string CookieWriter::clear() const {
    return name_ + "=" + attributes_ + "; Max-Age=0";
}

}  // namespace cardea::http
