// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/token_cookies.h"

#include "cardea/log/log.h"
#include "cardea/web/request.h"

#include <chrono>
#include <utility>

namespace cardea::web {
namespace {

void set_cookie(
    http::Response& response, const http::CookieWriter& cookie, std::string_view value, Duration max_age
) {
    const Result<std::string> line = cookie.set(value, std::chrono::floor<std::chrono::seconds>(max_age));
    if (line) {
        response.add_header("Set-Cookie", *line);
    } else {
        log::error("tokens.no_cookie", {{"error", line.error()}});
    }
}

}  // namespace

Result<TokenCookies> TokenCookies::make(const std::string& name, const http::Origin& origin) {
    const auto make_cookie =
        origin.is_https() ? http::CookieWriter::for_host : http::CookieWriter::for_localhost;
    Result<http::CookieWriter> access = make_cookie(name, http::SameSite::lax);
    Result<http::CookieWriter> refresh = make_cookie(name + "_refresh", http::SameSite::strict);
    if (!access || !refresh) {
        return fail(Errc::config, "tokens: " + (access ? refresh.error() : access.error()).context);
    }
    return TokenCookies(std::move(*access), std::move(*refresh));
}

std::optional<std::string_view> TokenCookies::find_access(const Request& request) const {
    const Result<std::optional<std::string_view>> value = request.cookie(access_.name());
    return value ? *value : std::optional(std::string_view());
}

SecretText TokenCookies::refresh_token(const Request& request) const {
    const Result<std::optional<std::string_view>> value = request.cookie(refresh_.name());
    return SecretText(value ? value->value_or(std::string_view()) : std::string_view());
}

void TokenCookies::put(http::Response& response, const TokenPair& pair, Duration refresh_lifetime) const {
    set_cookie(response, access_, pair.access, pair.expires_in);
    if (!pair.refresh.expose().empty()) {
        set_cookie(response, refresh_, pair.refresh.expose(), refresh_lifetime);
    }
}

void TokenCookies::clear(http::Response& response) const {
    response.add_header("Set-Cookie", access_.clear());
    response.add_header("Set-Cookie", refresh_.clear());
}

}  // namespace cardea::web
