// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/app.h"

#include <string>

namespace cardea::identity {

/// What a proxy asks about every request: `GET /auth/verify` for nginx's auth_request, `GET /auth/forward`
/// for Caddy and Traefik. The answer is 200 with X-Auth-* headers, and always an empty body, since with a
/// body nginx drops the connection each time. What a client sent under those names is never read. See
/// docs/guides/nginx.md.
class ForwardAuth {
 public:
    /// What an installation decides about it.
    struct Options {
        std::string public_url;       ///< without a trailing slash
        std::string cookie_domain;    ///< the setting cookie.domain, or empty
        bool takes_api_keys = false;  ///< else a request with an API key is nobody's
    };

    explicit ForwardAuth(Options options) : options_(std::move(options)) {}

    /// Adds the routes; this object outlives `app`.
    void add_routes(web::App& app);

 private:
    [[nodiscard]] bool is_known(const web::Request& request) const noexcept;
    http::Response verify(web::Request& request) const;
    http::Response forward(web::Request& request) const;
    [[nodiscard]] std::string sign_in_location(const web::Request& request) const;

    Options options_;
};

}  // namespace cardea::identity
