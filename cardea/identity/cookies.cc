// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/cookies.h"

namespace cardea::identity {
namespace {

constexpr std::chrono::seconds device_lifetime = std::chrono::days(365);

Result<http::CookieWriter> make_writer(std::string_view name, bool https) {
    return https ? http::CookieWriter::for_host(name, http::SameSite::lax)
                 : http::CookieWriter::for_localhost(name, http::SameSite::lax);
}

/// Clears the cookie in a browser that has it.
void clear_if_sent(http::Response& response, const web::Request& request, const http::CookieWriter& cookie) {
    const Result<std::optional<std::string_view>> sent = request.cookie(cookie.name());
    if (!sent || sent->has_value()) {
        response.add_header("Set-Cookie", cookie.clear());
    }
}

}  // namespace

Result<Cookies> Cookies::make(bool https, const std::string& domain) {
    Result<session::SessionCookie> session =
        session::SessionCookie::make(session::CookieOptions{.secure = https, .domain = domain});
    if (!session) {
        return fail(Errc::config, "cookie.domain: " + session.error().context);
    }
    Result<http::CookieWriter> flow = make_writer("cardea-flow", https);
    Result<http::CookieWriter> provider = make_writer("cardea-provider", https);
    Result<http::CookieWriter> device = make_writer("cardea-device", https);
    if (!flow || !provider || !device) {
        return fail(Errc::internal, "cookie names");
    }
    return Cookies{std::move(*session), std::move(*flow), std::move(*provider), std::move(*device)};
}

void Cookies::issue_session(
    http::Response& response,
    const session::SessionToken& token,
    const session::SessionRecord& record,
    Time now
) const {
    response.add_header("Set-Cookie", session.issue(token, record, now));
}

void Cookies::sign_in(
    http::Response& response, const web::Request& request, const account::SignedIn& signed_in, Time now
) const {
    issue_session(response, signed_in.session.token, signed_in.session.record, now);
    if (const Result<std::string> line = device.set(signed_in.device_cookie, device_lifetime)) {
        response.add_header("Set-Cookie", *line);
    }
    clear_if_sent(response, request, provider);
}

void Cookies::sign_out(http::Response& response, const web::Request& request) const {
    response.add_header("Set-Cookie", session.clear());
    clear_if_sent(response, request, provider);
    // Not "storage": behind a proxy the origin is the application's, with what it keeps in the browser.
    response.add_header("Clear-Site-Data", "\"cache\"");
}

account::RequestFacts facts_of(const web::Request& request, const Cookies& cookies) {
    // Two device cookies, or a mangled one, only mean that the device is not known.
    const Result<std::optional<std::string_view>> device = request.cookie(cookies.device.name());
    return {
        .client_address = std::string(request.client_address()),
        .user_agent = std::string(request.header("User-Agent").substr(0, 512)),
        .device_cookie = std::string(device ? device->value_or(std::string_view()) : std::string_view()),
    };
}

}  // namespace cardea::identity
