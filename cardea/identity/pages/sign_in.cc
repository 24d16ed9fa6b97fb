// SPDX-License-Identifier: Apache-2.0
// Signing in and out.
#include "cardea/http/form.h"
#include "cardea/identity/pages/flow_cookie.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/page.h"
#include "cardea/identity/pages/pages.h"
#include "cardea/identity/pages/provider_notice.h"
#include "cardea/identity/sign_out.h"
#include "cardea/web/response.h"

#include <string>

namespace cardea::identity {
namespace {

/// What a form that did not work says. The sentence is the catalogue's, or that of the code.
std::string sentence_for(const Error& error) {
    switch (error.code) {
        case Errc::credentials_wrong:
            return std::string(messages.sign_in_failed);
        case Errc::replayed:
            return std::string(messages.form_used);
        case Errc::expired:
            return std::string(messages.form_expired);
        default:
            return web::problem_sentence(error);
    }
}

}  // namespace

/// Every form that is shown begins a flow of its own, so that none is shown whose flow is used up or old.
http::Response Pages::sign_in_page(SignInForm form, http::Status status) const {
    const flow::FlowState flow =
        services_.accounts.begin({.flow = flow::Flow::sign_in, .lifetime = flow::form_lifetime});
    const FlowCookie cookie = FlowCookie::of_forms(services_);
    form.csrf_token = cookie.csrf_token(flow);
    form.registration_open = services_.registration != account::RegistrationMode::closed;
    form.providers = provider_links(services_.providers, form.next);
    const Frame frame{.title = messages.sign_in_title, .viewer{}, .path = "/login"};
    http::Response response = page(services_, frame, sign_in_card(form), status);
    cookie.keep(response, flow);
    let_forms_lead_to_siblings(services_, response);
    return response;
}

http::Response Pages::show_sign_in(web::Request& request) {
    SignInForm form{.next = next_of(services_, request.query())};
    if (request.account_session() != nullptr) {
        return web::redirect_to(form.next.empty() ? services_.home : form.next);
    }
    const Result<http::Fields>& query = request.query();
    const std::string_view notice = query ? query->text("notice") : std::string_view();
    if (notice == "registered") {
        form.good_news = messages.registered;
        form.login = newly_registered(request);
    } else if (notice == "signed-out") {
        form.good_news = messages.signed_out;
    } else {
        form.problem = provider_sentence(notice);
    }
    return sign_in_page(std::move(form), http::Status::ok);
}

Task<http::Response> Pages::sign_in(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    SignInForm form{.next = next_of(services_, fields), .login = std::string(fields->text("login"))};
    account::Credentials credentials{.name = form.login, .password = http::secret_field(*fields, "password")};
    account::SessionWish wish;
    wish.persistence =
        fields->has("remember") ? session::Persistence::persistent : session::Persistence::browser_session;
    if (request.account_session() != nullptr) {
        wish.replaces = session::name_of(request.account_session()->record());
    }

    // A form that stood open for days, or whose cookie is gone, has no flow any more. Nothing was proven in
    // it that could have expired: another begins.
    std::optional<flow::FlowState> flow = FlowCookie::of_forms(services_).find(request, flow::Flow::sign_in);
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<account::SignedIn> signed_in =
        co_await services_.accounts.sign_in(std::move(credentials), wish, std::move(facts), std::move(flow));
    if (!signed_in) {
        form.problem = sentence_for(signed_in.error());
        http::Response response =
            sign_in_page(std::move(form), web::problem_kind(signed_in.error().code).status);
        add_retry_after(response, signed_in.error());
        co_return response;
    }
    http::Response response = web::redirect_to(form.next.empty() ? services_.home : form.next);
    services_.cookies.sign_in(response, request, *signed_in, services_.clock.now());
    FlowCookie::of_forms(services_).clear(response);
    co_return response;
}

Task<http::Response> Pages::sign_out(web::Request& request) {
    co_return co_await identity::sign_out(services_, request, web::redirect_to("/login?notice=signed-out"));
}

}  // namespace cardea::identity
