// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/shared_cookie.h"

#include "cardea/base/time_text.h"
#include "cardea/http/headers.h"

#include <algorithm>

namespace cardea::cookies {
namespace {

constexpr std::size_t max_line_bytes = http::CookieWriter::max_bytes;
constexpr std::string_view epoch = "Thu, 01 Jan 1970 00:00:00 GMT";

/// av-octet of RFC 6265bis: printable ASCII but for the semicolon.
bool is_attribute_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != ';'; });
}

/// cookie-octet of RFC 6265bis.
bool is_cookie_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return c > ' ' && c <= '~' && std::string_view("\",;\\").find(c) == std::string_view::npos;
    });
}

std::string_view text_of(http::SameSite same_site, SharedCookie::Dialect dialect) {
    const bool is_lower = dialect == SharedCookie::Dialect::starlette;
    switch (same_site) {
        case http::SameSite::lax:
            return is_lower ? "; samesite=lax" : "; SameSite=Lax";
        case http::SameSite::strict:
            return is_lower ? "; samesite=strict" : "; SameSite=Strict";
        case http::SameSite::none:
            return is_lower ? "; samesite=none" : "; SameSite=None";
    }
    return "; SameSite=Strict";
}

}  // namespace

Result<SharedCookie> SharedCookie::make(SharedCookieOptions options, Dialect dialect) {
    if (!http::is_token(options.name)) {
        return fail(Errc::invalid, "cookie name");
    }
    if (!options.path.starts_with('/') || !is_attribute_value(options.path)) {
        return fail(Errc::invalid, "cookie path");
    }
    if (!is_attribute_value(options.domain)) {
        return fail(Errc::invalid, "cookie domain");
    }
    if (options.same_site == http::SameSite::none && !options.secure) {
        return fail(Errc::invalid, "SameSite=None without Secure");
    }
    return SharedCookie(std::move(options), dialect);
}

std::string SharedCookie::starlette_line(std::string_view value, std::string_view lifetime) const {
    std::string line = options_.name;
    line.append("=").append(value).append("; path=").append(options_.path).append(lifetime);
    line.append("; httponly");
    if (options_.same_site) {
        line.append(text_of(*options_.same_site, dialect_));
    }
    if (options_.secure) {
        line.append("; secure");
    }
    if (!options_.domain.empty()) {
        line.append("; domain=").append(options_.domain);
    }
    return line;
}

std::string SharedCookie::werkzeug_line(std::string_view value, std::string_view lifetime) const {
    std::string line = options_.name;
    line.append("=").append(value);
    if (!options_.domain.empty()) {
        line.append("; Domain=").append(options_.domain);
    }
    line.append(lifetime);
    if (options_.secure) {
        line.append("; Secure");
    }
    line.append("; HttpOnly; Path=").append(options_.path);
    if (options_.same_site) {
        line.append(text_of(*options_.same_site, dialect_));
    }
    return line;
}

Result<std::string> SharedCookie::set(std::string_view value, Time now) const {
    if (!is_cookie_value(value)) {
        return fail(Errc::invalid, "cookie value");
    }
    std::string lifetime;
    std::string line;
    if (dialect_ == Dialect::starlette) {
        if (options_.lifetime) {
            lifetime = "; Max-Age=" + std::to_string(options_.lifetime->count());
        }
        line = starlette_line(value, lifetime);
    } else {
        if (options_.lifetime) {
            lifetime = "; Expires=" + to_http_date(now + *options_.lifetime);
        }
        line = werkzeug_line(value, lifetime);
    }
    if (line.size() > max_line_bytes) {
        return fail(Errc::too_large, "cookie");
    }
    return line;
}

std::string SharedCookie::clear() const {
    if (dialect_ == Dialect::starlette) {
        return starlette_line("null", std::string("; expires=").append(epoch));
    }
    return werkzeug_line("", std::string("; Expires=").append(epoch).append("; Max-Age=0"));
}

}  // namespace cardea::cookies
