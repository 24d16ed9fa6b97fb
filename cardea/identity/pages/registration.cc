// SPDX-License-Identifier: Apache-2.0
// Making an account.
#include "cardea/account/email.h"
#include "cardea/account/username.h"
#include "cardea/audit/rule.h"
#include "cardea/http/form.h"
#include "cardea/http/query.h"
#include "cardea/identity/pages/flow_cookie.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/page.h"
#include "cardea/identity/pages/pages.h"
#include "cardea/identity/password_rules.h"
#include "cardea/web/response.h"

namespace cardea::identity {
namespace {

/// A text with an `@` is meant as an e-mail address.
account::Registration read_registration(const http::Fields& fields) {
    const std::string login(fields.text("login"));
    const bool is_email = login.contains('@');
    return {
        .email = is_email ? login : std::string(),
        .username = is_email ? std::string() : login,
        .name = std::string(fields.text("name")),
        .password = http::secret_field(fields, "password"),
        .invitation = std::string(fields.text("invitation")),
    };
}

std::string_view login_problem(const account::Registration& registration) {
    if (!registration.email.empty()) {
        return account::EmailAddress::parse(registration.email) ? std::string_view() : messages.email_invalid;
    }
    return account::Username::parse(registration.username) ? std::string_view() : messages.username_invalid;
}

std::string_view name_problem(const account::Registration& registration) {
    const bool good = registration.name.empty() || account::parse_display_name(registration.name);
    return good ? std::string_view() : messages.name_invalid;
}

/// The form again, with what was typed but the password.
RegistrationForm form_of(const account::Registration& registration, std::string next) {
    return {
        .next = std::move(next),
        .login = registration.email.empty() ? registration.username : registration.email,
        .name = registration.name,
        .invitation = registration.invitation,
        .login_problem = login_problem(registration),
        .name_problem = name_problem(registration),
    };
}

void explain(RegistrationForm& form, const Error& error, const password::PasswordPolicy& policy) {
    if (password::is_policy_refusal(error.code)) {
        form.password_problem = password_refusal(error.code, policy);
        return;
    }
    switch (error.code) {
        case Errc::conflict:
            form.login_problem = messages.login_taken;
            return;
        case Errc::forbidden:
        case Errc::signature_invalid:
            form.invitation_problem = messages.invitation_not_good;
            return;
        case Errc::expired:
        case Errc::replayed:
            if (form.invitation.empty()) {
                form.problem = error.code == Errc::expired ? messages.form_expired : messages.form_used;
            } else {
                form.invitation_problem = messages.invitation_not_good;
            }
            return;
        default:
            form.problem = web::problem_sentence(error);
            return;
    }
}

/// Nobody is shown the form where nobody may register.
web::Problem closed_problem(Error error) {
    const bool is_closed = error.code == Errc::forbidden;
    web::Problem problem(std::move(error));
    if (is_closed) {
        problem.detail = messages.registration_closed;
    }
    return problem;
}

}  // namespace

/// Every form that is shown begins a flow of its own; see sign_in_page().
http::Response Pages::registration_page(RegistrationForm form, http::Status status) const {
    const flow::FlowState flow =
        services_.accounts.begin({.flow = flow::Flow::registration, .lifetime = flow::form_lifetime});
    const FlowCookie cookie = FlowCookie::of_forms(services_);
    form.csrf_token = cookie.csrf_token(flow);
    form.by_invitation = services_.registration == account::RegistrationMode::by_invitation;
    form.password_hint = password_hint(services_.password_policy);
    form.providers = provider_links(services_.providers, form.next);
    const Frame frame{.title = messages.register_title, .viewer{}, .path = "/register"};
    http::Response response = page(services_, frame, registration_card(form), status);
    cookie.keep(response, flow);
    return response;
}

http::Response Pages::show_registration(web::Request& request) {
    RegistrationForm form{.next = next_of(services_, request.query())};
    if (request.account_session() != nullptr) {
        return web::redirect_to(form.next.empty() ? services_.home : form.next);
    }
    if (services_.registration == account::RegistrationMode::closed) {
        return request.refuse(
            closed_problem({Errc::forbidden, std::string(name(audit::Rule::registration_closed)), {}, {}})
        );
    }
    return registration_page(std::move(form), http::Status::ok);
}

Task<http::Response> Pages::register_account(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    account::Registration registration = read_registration(*fields);
    RegistrationForm form = form_of(registration, next_of(services_, fields));
    const bool is_closed = services_.registration == account::RegistrationMode::closed;
    if (!is_closed && (!form.login_problem.empty() || !form.name_problem.empty())) {
        co_return registration_page(std::move(form), http::Status::unprocessable_content);
    }

    // Absent where the form stood open for days: the service begins another.
    std::optional<flow::FlowState> flow =
        FlowCookie::of_forms(services_).find(request, flow::Flow::registration);
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<account::AccountRecord> account = co_await services_.accounts.register_account(
        std::move(registration), std::move(facts), std::move(flow)
    );
    if (!account && is_closed) {
        co_return request.refuse(closed_problem(std::move(account).error()));
    }
    if (!account) {
        explain(form, account.error(), services_.password_policy);
        http::Response response =
            registration_page(std::move(form), web::problem_kind(account.error().code).status);
        add_retry_after(response, account.error());
        co_return response;
    }
    co_return registered(form);
}

http::Response Pages::registered(const RegistrationForm& form) const {
    std::string location = "/login?notice=registered";
    if (!form.next.empty()) {
        http::append_field(location, "next", form.next);
    }
    http::Response response = web::redirect_to(location);
    // The name goes along in the cookie, sealed: an address is nobody's business in a URL.
    const flow::FlowState flow =
        services_.accounts.begin({.flow = flow::Flow::sign_in, .subject = form.login});
    FlowCookie::of_forms(services_).keep(response, flow);
    return response;
}

std::string Pages::newly_registered(const web::Request& request) const {
    const std::optional<flow::FlowState> flow =
        FlowCookie::of_forms(services_).find(request, flow::Flow::sign_in);
    return flow ? flow->subject() : std::string();
}

}  // namespace cardea::identity
