// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/cookie.h"

#include "cardea/base/assert.h"
#include "cardea/http/headers.h"

#include <chrono>

namespace cardea::session {

namespace {

constexpr std::string_view base_name = "cardea-session";

Result<http::CookieWriter> make_writer(const CookieOptions& options) {
    if (!options.secure) {
        return http::CookieWriter::for_localhost(base_name, http::SameSite::lax);
    }
    if (!options.domain.empty()) {
        return http::CookieWriter::for_domain(base_name, options.domain, http::SameSite::lax);
    }
    return http::CookieWriter::for_host(base_name, http::SameSite::lax);
}

std::optional<Credential> credential_from(std::string_view text, Transport transport) {
    const Result<SessionToken> token = SessionToken::parse(text);
    return token ? std::optional(Credential{token->hash(), transport}) : std::nullopt;
}

}  // namespace

Result<SessionCookie> SessionCookie::make(const CookieOptions& options) {
    if (!options.secure && !options.domain.empty()) {
        return fail(Errc::invalid, "a cookie without https cannot have a domain");
    }
    Result<http::CookieWriter> writer = make_writer(options);
    if (!writer) {
        return propagate(writer);
    }
    return SessionCookie(std::move(*writer));
}

std::string SessionCookie::issue(const SessionToken& token, const SessionRecord& record, Time now) const {
    std::optional<std::chrono::seconds> max_age;
    if (record.persistence == Persistence::persistent) {
        // Up, or the moment since the sign-in would cost a whole second.
        max_age = std::chrono::ceil<std::chrono::seconds>(record.expires_at - now);
    }
    const SecretText text = token.text();
    Result<std::string> line = writer_.set(text.expose(), max_age);
    CARDEA_ASSERT(line.has_value());  // base64url of a fixed length fits any cookie
    return std::move(*line);
}

bool SessionCookie::is_in(const http::Request& request) const noexcept {
    const Result<std::optional<std::string_view>> cookie =
        http::find_cookie(request.header("cookie"), writer_.name());
    return !cookie || cookie->has_value();
}

Result<std::optional<Credential>> SessionCookie::extract(const http::Request& request) const {
    // A malformed value is no credential of ours, but a second cookie of our name is a sibling's trick.
    const Result<std::optional<std::string_view>> cookie =
        http::find_cookie(request.header("cookie"), writer_.name());
    if (!cookie && cookie.error().code == Errc::ambiguous_credentials) {
        return fail(Errc::ambiguous_credentials, "two session cookies");
    }
    const bool has_cookie = !cookie || cookie->has_value();
    const std::optional<std::string_view> bearer = http::find_bearer_token(request.header("authorization"));
    if (has_cookie && bearer) {
        return fail(Errc::ambiguous_credentials, "session cookie and bearer token");
    }
    if (bearer) {
        return credential_from(*bearer, Transport::bearer);
    }
    return credential_from(cookie.value_or(std::nullopt).value_or(std::string_view()), Transport::cookie);
}

}  // namespace cardea::session
