// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/token_cookies.h"

#include "cardea/web/request.h"

#include <chrono>
#include <utility>

namespace cardea::web {
namespace {

Result<std::string> cookie_line(const http::CookieWriter& cookie, std::string_view value, Duration max_age) {
    Result<std::string> line = cookie.set(value, std::chrono::floor<std::chrono::seconds>(max_age));
    if (!line) {
        return fail(
            line.error().code,
            "tokens: " + cookie.name() + " would have " + std::to_string(value.size()) +
                " bytes, and a cookie holds 4096 in all: keep what is long out of the name and the scopes"
        );
    }
    return line;
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

Result<> TokenCookies::put(http::Response& response, const TokenPair& pair, Duration refresh_lifetime) const {
    const std::string_view refresh_token = pair.refresh.expose();
    Result<std::string> access = cookie_line(access_, pair.access, pair.expires_in);
    Result<std::string> refresh = cookie_line(refresh_, refresh_token, refresh_lifetime);
    if (!access || !refresh) {
        return propagate(access ? refresh : access);
    }
    response.add_header("Set-Cookie", *access);
    if (!refresh_token.empty()) {
        response.add_header("Set-Cookie", *refresh);
    }
    return {};
}

void TokenCookies::clear(http::Response& response) const {
    response.add_header("Set-Cookie", access_.clear());
    response.add_header("Set-Cookie", refresh_.clear());
}

}  // namespace cardea::web
