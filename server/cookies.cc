// SPDX-License-Identifier: Apache-2.0
#include "server/cookies.h"

namespace cardea::server {
namespace {

Result<http::CookieWriter> make_writer(std::string_view name, bool https) {
    return https ? http::CookieWriter::for_host(name, http::SameSite::lax)
                 : http::CookieWriter::for_localhost(name, http::SameSite::lax);
}

}  // namespace

Result<Cookies> Cookies::make(bool https, const std::string& domain) {
    Result<session::SessionCookie> session =
        session::SessionCookie::make(session::CookieOptions{.secure = https, .domain = domain});
    if (!session) {
        return fail(Errc::config, "cookie.domain: " + session.error().context);
    }
    Result<http::CookieWriter> flow = make_writer("cardea-flow", https);
    Result<http::CookieWriter> device = make_writer("cardea-device", https);
    if (!flow || !device) {
        return fail(Errc::internal, "cookie names");
    }
    return Cookies{std::move(*session), std::move(*flow), std::move(*device)};
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

}  // namespace cardea::server
