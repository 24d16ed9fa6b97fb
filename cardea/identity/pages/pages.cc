// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/pages.h"

#include "cardea/html/tags.h"
#include "cardea/identity/pages/flow_cookie.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/widgets.h"
#include "cardea/web/response.h"

namespace cardea::identity {
namespace {

html::Node signed_out_home(bool registration_open) {
    return html::section(
        {.class_ = "card"},
        html::h1(messages.welcome),
        html::p({.class_ = "lead"}, messages.welcome_lead),
        html::div(
            {.class_ = "actions"},
            html::a({.class_ = "button full", .href = "/login"}, messages.to_sign_in),
            registration_open
                ? html::a({.class_ = "button quiet full", .href = "/register"}, messages.to_register)
                : html::Node()
        )
    );
}

html::Node signed_in_home(const AccountUser& user) {
    const std::string& shown = !user.name().empty()    ? user.name()
                               : !user.email().empty() ? user.email()
                                                       : user.username();
    return html::section(
        {.class_ = "card"},
        html::h1(messages.welcome),
        html::p({.class_ = "lead"}, messages.signed_in_as, " ", html::strong(shown), "."),
        html::div(
            {.class_ = "actions"},
            html::a({.class_ = "button full", .href = "/account"}, messages.go_to_account)
        )
    );
}

}  // namespace

void Pages::add_routes(web::App& app) {
    const auto signed_in = [] { return web::requires_account_session({.redirect = "/login"}); };
    app.get("/register", [this](web::Request& r) { return show_registration(r); }).hidden();
    app.post("/register", [this](web::Request& r) { return register_account(r); }).hidden();
    app.get("/login", [this](web::Request& r) { return show_sign_in(r); }).hidden();
    app.post("/login", [this](web::Request& r) { return sign_in(r); }).hidden();
    app.post("/logout", [this](web::Request& r) { return sign_out(r); }).hidden();
    app.get("/account", signed_in(), [this](web::Request& r) { return account(r); }).hidden();
    app.get("/account/sessions", signed_in(), [this](web::Request& r) { return sessions(r); }).hidden();
    app.post(
           "/account/sessions/end-others",
           signed_in(),
           [this](web::Request& r) { return end_other_sessions(r); }
    ).hidden();
    app.post(
           "/account/sessions/{id}/end", signed_in(), [this](web::Request& r) { return end_session(r); }
    ).hidden();
    app.get("/account/api-keys", signed_in(), [this](web::Request& r) { return api_keys(r); }).hidden();
    app.post("/account/api-keys", signed_in(), [this](web::Request& r) { return issue_api_key(r); }).hidden();
    app.post(
           "/account/api-keys/{id}/rotate", signed_in(), [this](web::Request& r) { return rotate_api_key(r); }
    ).hidden();
    app.post(
           "/account/api-keys/{id}/revoke", signed_in(), [this](web::Request& r) { return revoke_api_key(r); }
    ).hidden();
    app.get("/account/password", signed_in(), [this](web::Request& r) { return show_password(r); }).hidden();
    app.post(
           "/account/password", signed_in(), [this](web::Request& r) { return change_password(r); }
    ).hidden();
    // W3C, "A Well-Known URL for Changing Passwords": where password managers send people.
    app.get(
           "/.well-known/change-password", [](web::Request&) { return web::redirect_to("/account/password"); }
    )
        .anonymous()
        .hidden();
}

void Pages::add_home(web::App& app) {
    app.get("/", [this](web::Request& r) { return home(r); }).hidden();
}

http::Response Pages::home(web::Request& request) {
    const bool signed_in = request.account_session() != nullptr;
    html::Node content = signed_in
                             ? signed_in_home(request.subject<AccountUser>())
                             : signed_out_home(services_.registration != account::RegistrationMode::closed);
    return web::page(services_.render_page(
        {.title = messages.welcome, .viewer{signed_in, request.csrf_token()}, .path = "/"}, std::move(content)
    ));
}

std::string Pages::flow_binding(const web::Request& request) const {
    for (const flow::Flow kind : {flow::Flow::sign_in, flow::Flow::registration}) {
        if (const std::optional<flow::FlowState> flow = FlowCookie::of_forms(services_).find(request, kind)) {
            return flow->csrf_binding();
        }
    }
    return {};
}

}  // namespace cardea::identity
