// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/identity/services.h"
#include "cardea/web/app.h"

namespace cardea::identity {

/// The JSON API under /api/v1; /openapi.json is made from the same table. Each method reads top-down: parse,
/// call the service, answer. Thread-safe.
class Api {
 public:
    explicit Api(Services services) : services_(std::move(services)) {}

    /// Adds the routes; this object outlives `app`.
    void add_routes(web::App& app);

 private:
    void add_account_routes(web::App& app);
    void add_session_routes(web::App& app);
    void add_api_key_routes(web::App& app);
    void add_identity_routes(web::App& app);

    Task<http::Response> register_account(web::Request& request);
    Task<http::Response> sign_in(web::Request& request);
    Task<http::Response> sign_out(web::Request& request);
    http::Response show_session(web::Request& request);
    Task<http::Response> list_sessions(web::Request& request);
    Task<http::Response> end_session(web::Request& request);
    Task<http::Response> end_other_sessions(web::Request& request);
    Task<http::Response> change_password(web::Request& request);
    Task<http::Response> list_api_keys(web::Request& request);
    Task<http::Response> issue_api_key(web::Request& request);
    Task<http::Response> rotate_api_key(web::Request& request);
    Task<http::Response> revoke_api_key(web::Request& request);
    Task<http::Response> list_identities(web::Request& request);
    Task<http::Response> unlink_identity(web::Request& request);

    [[nodiscard]] http::Response signed_in(const web::Request& request, const account::SignedIn& result)
        const;

    Services services_;
};

}  // namespace cardea::identity
