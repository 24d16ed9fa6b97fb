// SPDX-License-Identifier: Apache-2.0
// The pages of somebody who is signed in.
#include "cardea/http/form.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/pages.h"
#include "cardea/password/policy.h"
#include "cardea/web/respond.h"

namespace cardea::identity {
namespace {

Viewer viewer_of(web::Request& request) {
    return {.signed_in = true, .csrf_token = request.csrf_token()};
}

http::Response password_page(
    const Services& services, web::Request& request, PasswordView view, http::Status status
) {
    view.csrf_token = request.csrf_token();
    const Frame frame{
        .title = messages.password_title, .viewer = viewer_of(request), .path = "/account/password"
    };
    return web::page(services.render_page(frame, password_card(view)), status);
}

void explain(PasswordView& view, const Error& error) {
    if (error.code == Errc::credentials_wrong) {
        view.current_problem = messages.current_password_wrong;
    } else if (password::is_policy_refusal(error.code)) {
        view.new_problem = web::problem_kind(error.code).detail;
    } else {
        view.problem = web::problem_kind(error.code).detail;
    }
}

/// A wrong password here is a mistake in the form, not somebody who is not signed in.
http::Status form_status(const Error& error) {
    return error.code == Errc::credentials_wrong ? http::Status::unprocessable_content
                                                 : web::problem_kind(error.code).status;
}

}  // namespace

http::Response Pages::account(web::Request& request) {
    const Frame frame{
        .title = messages.account_title,
        .width = Width::wide,
        .viewer = viewer_of(request),
        .path = "/account"
    };
    return web::page(services_.render_page(frame, account_cards(request.subject<AccountUser>())));
}

Task<http::Response> Pages::sessions(web::Request& request) {
    const Result<http::Fields>& query = request.query();
    const std::string_view notice = query ? query->text("notice") : std::string_view();
    SessionsView view;
    if (notice == "ended") {
        view.good_news = messages.session_ended;
    } else if (notice == "others-ended") {
        view.good_news = messages.other_sessions_ended;
    }
    co_return co_await sessions_page(request, std::move(view));
}

Task<http::Response> Pages::sessions_page(web::Request& request, SessionsView view) {
    const session::SessionRecord& current = request.account_session()->record();
    Result<std::vector<session::SessionRecord>> sessions = co_await services_.sessions.list(current.account);
    if (!sessions) {
        co_return request.refuse(std::move(sessions).error());
    }
    view.csrf_token = request.csrf_token();
    const Frame frame{
        .title = messages.sessions_title,
        .width = Width::wide,
        .viewer = viewer_of(request),
        .path = "/account/sessions",
    };
    const http::Status status = view.problem.empty() ? http::Status::ok : http::Status::unprocessable_content;
    co_return web::page(services_.render_page(frame, sessions_cards(view, *sessions, current.id)), status);
}

Task<http::Response> Pages::end_session(web::Request& request) {
    const Result<SessionId> target = request.param_id<SessionId>("id");
    if (!target) {
        co_return request.refuse(target.error());
    }
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<> done = co_await services_.accounts.revoke_session(std::move(session), *target, std::move(facts));
    // Ended already, by somebody else or by a second click, is what was asked for.
    if (!done && done.error().code != Errc::not_found) {
        co_return request.refuse(std::move(done).error());
    }
    co_return web::redirect_to("/account/sessions?notice=ended");
}

Task<Result<Pages::Confirmed>> Pages::confirm(web::Request& request, const http::Fields& fields) {
    Confirmed confirmed{.session = request.account_session()->record(), .renewed{}};
    if (!fields.has("password")) {
        co_return confirmed;
    }
    SecretText password = http::secret_field(fields, "password");
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<session::IssuedSession> renewed = co_await services_.accounts.confirm_password(
        confirmed.session, std::move(password), std::move(facts)
    );
    if (!renewed) {
        co_return propagate(renewed);
    }
    confirmed.session = std::move(renewed->record);
    confirmed.renewed = std::move(renewed->token);
    co_return confirmed;
}

void Pages::keep_renewed(http::Response& response, const Confirmed& confirmed) const {
    if (confirmed.renewed) {
        services_.cookies.issue_session(
            response, *confirmed.renewed, confirmed.session, services_.clock.now()
        );
    }
}

Task<http::Response> Pages::end_other_sessions(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    Result<Confirmed> confirmed = co_await confirm(request, *fields);
    if (!confirmed) {
        SessionsView view{.asks_password = true};
        view.problem = confirmed.error().code == Errc::credentials_wrong
                           ? messages.current_password_wrong
                           : web::problem_kind(confirmed.error().code).detail;
        co_return co_await sessions_page(request, std::move(view));
    }

    http::Response response = web::redirect_to("/account/sessions?notice=others-ended");
    keep_renewed(response, *confirmed);
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<std::size_t> ended =
        co_await services_.accounts.revoke_other_sessions(confirmed->session, std::move(facts));
    if (!ended && ended.error().code == Errc::step_up_required) {
        SessionsView view{.asks_password = true};
        co_return co_await sessions_page(request, std::move(view));
    }
    if (!ended) {
        co_return request.refuse(std::move(ended).error());
    }
    co_return response;
}

http::Response Pages::show_password(web::Request& request) {
    const Result<http::Fields>& query = request.query();
    PasswordView view;
    if (query && query->text("notice") == "changed") {
        view.good_news = messages.password_changed;
    }
    return password_page(services_, request, std::move(view), http::Status::ok);
}

Task<http::Response> Pages::change_password(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    account::PasswordChange change{
        .current = http::secret_field(*fields, "current_password"),
        .replacement = http::secret_field(*fields, "new_password"),
    };
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<session::SessionToken> token =
        co_await services_.accounts.change_password(session, std::move(change), std::move(facts));
    if (!token) {
        PasswordView view;
        explain(view, token.error());
        co_return password_page(services_, request, std::move(view), form_status(token.error()));
    }
    http::Response response = web::redirect_to("/account/password?notice=changed");
    services_.cookies.issue_session(response, *token, session, services_.clock.now());
    co_return response;
}

}  // namespace cardea::identity
