// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/app.h"

#include <string>

namespace cardea::server {

/// What a proxy asks about every request: `GET /auth/verify` for nginx's auth_request, `GET /auth/forward`
/// for Caddy and Traefik. The answer is 200 with X-Auth-* headers, and always an empty body, since with a
/// body nginx drops the connection each time. What a client sent under those names is never read. See
/// docs/guides/nginx.md.
class ForwardAuth {
 public:
    /// `public_url` without a trailing slash; `cookie_domain` is the setting cookie.domain, or empty.
    ForwardAuth(std::string public_url, std::string cookie_domain)
        : public_url_(std::move(public_url)), cookie_domain_(std::move(cookie_domain)) {}

    /// Adds the routes; this object outlives `app`.
    void add_routes(web::App& app);

 private:
    http::Response verify(web::Request& request) const;
    http::Response forward(web::Request& request) const;
    [[nodiscard]] std::string sign_in_location(const web::Request& request) const;

    std::string public_url_;
    std::string cookie_domain_;
};

}  // namespace cardea::server
