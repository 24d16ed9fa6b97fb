// SPDX-License-Identifier: Apache-2.0
// The pages before there is a session: registration, sign-in, sign-out.
#include "cardea/account/email.h"
#include "cardea/account/username.h"
#include "cardea/http/form.h"
#include "cardea/http/next.h"
#include "cardea/identity/pages/flow_cookie.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/pages.h"
#include "cardea/identity/pages/provider_notice.h"
#include "cardea/identity/sign_out.h"
#include "cardea/password/policy.h"
#include "cardea/web/response.h"

namespace cardea::identity {
namespace {

http::Response sign_in_page(const Services& services, const SignInForm& form, http::Status status) {
    return web::page(
        services.render_page(
            {.title = messages.sign_in_title, .viewer{}, .path = "/login"}, sign_in_card(form)
        ),
        status
    );
}

http::Response registration_page(
    const Services& services, const RegistrationForm& form, http::Status status
) {
    return web::page(
        services.render_page(
            {.title = messages.register_title, .viewer{}, .path = "/register"}, registration_card(form)
        ),
        status
    );
}

/// The form of a flow that began.
SignInForm sign_in_form(const Services& services, const flow::FlowState& flow) {
    return {
        .csrf_token = FlowCookie::of_forms(services).csrf_token(flow),
        .registration_open = services.registration != account::RegistrationMode::closed,
        .providers = provider_links(services.providers, flow.next()),
    };
}

/// What a form that did not work says. The sentence is the catalogue's, or that of the code.
std::string_view sentence_for(const Error& error) {
    return error.code == Errc::credentials_wrong ? messages.sign_in_failed
                                                 : web::problem_kind(error.code).detail;
}

void add_retry_after(http::Response& response, const Error& error) {
    if (error.retry_after.count() > 0) {
        response.set_header("Retry-After", std::to_string(error.retry_after.count()));
    }
}

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

void explain(RegistrationForm& form, const Error& error) {
    if (password::is_policy_refusal(error.code)) {
        form.password_problem = web::problem_kind(error.code).detail;
        return;
    }
    switch (error.code) {
        case Errc::conflict:
            form.login_problem = messages.login_taken;
            return;
        case Errc::forbidden:
        case Errc::expired:
        case Errc::replayed:
        case Errc::signature_invalid:
            form.problem = messages.invitation_not_good;
            return;
        default:
            form.problem = web::problem_kind(error.code).detail;
            return;
    }
}

}  // namespace

http::Response Pages::show_registration(web::Request& request) {
    if (request.account_session() != nullptr) {
        return web::redirect_to(services_.home);
    }
    if (services_.registration == account::RegistrationMode::closed) {
        web::Problem problem(Errc::forbidden);
        problem.detail = messages.registration_closed;
        return request.refuse(problem);
    }
    const flow::FlowState flow = services_.accounts.begin({.flow = flow::Flow::registration});
    RegistrationForm form{.csrf_token = FlowCookie::of_forms(services_).csrf_token(flow)};
    form.providers = provider_links(services_.providers, {});
    form.by_invitation = services_.registration == account::RegistrationMode::by_invitation;
    http::Response response = registration_page(services_, form, http::Status::ok);
    FlowCookie::of_forms(services_).keep(response, flow);
    return response;
}

Task<http::Response> Pages::register_account(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    std::optional<flow::FlowState> flow =
        FlowCookie::of_forms(services_).find(request, flow::Flow::registration);
    if (!flow) {
        co_return web::redirect_to("/register");  // the form was older than ten minutes
    }
    account::Registration registration = read_registration(*fields);
    RegistrationForm form{
        .csrf_token = FlowCookie::of_forms(services_).csrf_token(*flow),
        .login = std::string(fields->text("login")),
        .name = registration.name,
        .login_problem = login_problem(registration),
        .name_problem = name_problem(registration),
        .providers = provider_links(services_.providers, {}),
    };
    form.by_invitation = services_.registration == account::RegistrationMode::by_invitation;
    if (!form.login_problem.empty() || !form.name_problem.empty()) {
        co_return registration_page(services_, form, http::Status::unprocessable_content);
    }

    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<account::AccountRecord> account = co_await services_.accounts.register_account(
        std::move(registration), std::move(facts), std::move(flow)
    );
    if (!account) {
        explain(form, account.error());
        http::Response response =
            registration_page(services_, form, web::problem_kind(account.error().code).status);
        add_retry_after(response, account.error());
        co_return response;
    }
    http::Response response = web::redirect_to("/login?notice=registered");
    FlowCookie::of_forms(services_).clear(response);
    co_return response;
}

http::Response Pages::show_sign_in(web::Request& request) {
    const Result<http::Fields>& query = request.query();
    const std::string_view asked = query ? query->text("next") : std::string_view();
    std::string next = asked.empty() ? std::string() : http::safe_next(asked, services_.cookie_domain);
    if (request.account_session() != nullptr) {
        return web::redirect_to(next.empty() ? services_.home : next);
    }
    const flow::FlowState flow =
        services_.accounts.begin({.flow = flow::Flow::sign_in, .next = std::move(next)});
    SignInForm form = sign_in_form(services_, flow);
    const std::string_view notice = query ? query->text("notice") : std::string_view();
    if (notice == "registered") {
        form.good_news = messages.registered;
    } else if (notice == "signed-out") {
        form.good_news = messages.signed_out;
    } else {
        form.problem = provider_sentence(notice);
    }
    http::Response response = sign_in_page(services_, form, http::Status::ok);
    FlowCookie::of_forms(services_).keep(response, flow);
    return response;
}

Task<http::Response> Pages::sign_in(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    std::optional<flow::FlowState> flow = FlowCookie::of_forms(services_).find(request, flow::Flow::sign_in);
    if (!flow) {
        co_return web::redirect_to("/login");  // the form was older than ten minutes
    }
    SignInForm form = sign_in_form(services_, *flow);
    form.login = fields->text("login");
    account::Credentials credentials{.name = form.login, .password = http::secret_field(*fields, "password")};
    account::SessionWish wish;
    wish.persistence =
        fields->has("remember") ? session::Persistence::persistent : session::Persistence::browser_session;
    if (request.account_session() != nullptr) {
        wish.replaces = session::name_of(request.account_session()->record());
    }

    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<account::SignedIn> signed_in =
        co_await services_.accounts.sign_in(std::move(credentials), wish, std::move(facts), std::move(flow));
    if (!signed_in) {
        form.problem = sentence_for(signed_in.error());
        http::Response response =
            sign_in_page(services_, form, web::problem_kind(signed_in.error().code).status);
        add_retry_after(response, signed_in.error());
        co_return response;
    }
    http::Response response = web::redirect_to(signed_in->next.empty() ? services_.home : signed_in->next);
    services_.cookies.sign_in(response, *signed_in, services_.clock.now());
    FlowCookie::of_forms(services_).clear(response);
    co_return response;
}

Task<http::Response> Pages::sign_out(web::Request& request) {
    co_return co_await identity::sign_out(services_, request, web::redirect_to("/login?notice=signed-out"));
}

}  // namespace cardea::identity
