// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/identity/pages/account_views.h"
#include "cardea/identity/pages/api_keys_view.h"
#include "cardea/identity/pages/layout.h"
#include "cardea/identity/pages/sign_in_form.h"
#include "cardea/identity/services.h"
#include "cardea/web/app.h"

#include <optional>
#include <string>
#include <string_view>

namespace cardea::identity {

/// The pages for people. Before sign-in a form is a flow (cardea/flow): showing it begins one, whose state
/// travels sealed in a cookie, and sending it finishes the step. All work without JavaScript. Thread-safe.
class Pages {
 public:
    explicit Pages(Services services) : services_(std::move(services)) {}

    /// Adds the routes; this object outlives `app`.
    void add_routes(web::App& app);
    /// Adds the landing page, at /.
    void add_home(web::App& app);

    /// What CSRF tokens are bound to before sign-in: the id of the flow that the request's cookie holds, or
    /// empty.
    [[nodiscard]] std::string flow_binding(const web::Request& request) const;

 private:
    http::Response home(web::Request& request);

    http::Response show_registration(web::Request& request);
    Task<http::Response> register_account(web::Request& request);
    [[nodiscard]] http::Response registration_page(RegistrationForm form, http::Status status) const;
    /// To the sign-in page, which then knows the name.
    [[nodiscard]] http::Response registered(const RegistrationForm& form) const;
    [[nodiscard]] std::string newly_registered(const web::Request& request) const;
    http::Response show_sign_in(web::Request& request);
    Task<http::Response> sign_in(web::Request& request);
    [[nodiscard]] http::Response sign_in_page(SignInForm form, http::Status status) const;
    Task<http::Response> sign_out(web::Request& request);

    Task<http::Response> account(web::Request& request);
    Task<http::Response> sessions(web::Request& request);
    Task<http::Response> end_session(web::Request& request);
    Task<http::Response> end_other_sessions(web::Request& request);
    Task<http::Response> api_keys(web::Request& request);
    Task<http::Response> issue_api_key(web::Request& request);
    Task<http::Response> rotate_api_key(web::Request& request);
    Task<http::Response> revoke_api_key(web::Request& request);
    Task<http::Response> show_password(web::Request& request);
    Task<http::Response> change_password(web::Request& request);
    Task<http::Response> replace_password(web::Request& request, const http::Fields& fields);
    Task<http::Response> set_first_password(web::Request& request, const http::Fields& fields);

    /// The session that a form goes on with, renewed where the form brought the password (step-up).
    struct Confirmed {
        session::SessionRecord session;
        std::optional<session::SessionToken> renewed;
    };
    [[nodiscard]] Task<Result<Confirmed>> confirm(web::Request& request, const http::Fields& fields);
    /// How to show again that it is them, where that is what the refusal asks for.
    [[nodiscard]] Task<std::optional<Confirmation>> confirmation_for(
        web::Request& request, const Error& refusal, std::string_view next
    );
    [[nodiscard]] Task<http::Response> first_password_page(
        web::Request& request, PasswordView view, http::Status status
    );
    void keep_renewed(http::Response& response, const Confirmed& confirmed) const;
    [[nodiscard]] Task<http::Response> sessions_page(web::Request& request, SessionsView view);
    /// The page after a key was made, or was not: with its text, this once.
    [[nodiscard]] Task<http::Response> issued_page(
        web::Request& request, ApiKeysView view, Result<apikey::IssuedApiKey> issued, Confirmed confirmed
    );
    /// `session` is the one that the page's forms will be sent from.
    [[nodiscard]] Task<http::Response> api_keys_page(
        web::Request& request, ApiKeysView view, SessionId session
    );

    Services services_;
};

}  // namespace cardea::identity
