// SPDX-License-Identifier: Apache-2.0
// The pages of somebody who is signed in.
#include "cardea/http/form.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/page.h"
#include "cardea/identity/pages/pages.h"
#include "cardea/identity/pages/viewer.h"
#include "cardea/web/response.h"

#include <algorithm>

namespace cardea::identity {
Task<http::Response> Pages::account(web::Request& request) {
    bool has_identities = !services_.providers.all().empty();
    if (!has_identities) {  // but maybe some of a provider that was taken away
        Result<std::vector<account::FederatedIdentity>> identities =
            co_await services_.federation.list(request.account_session()->record().account);
        has_identities = identities && !identities->empty();
    }
    const Frame frame{
        .title = messages.account_title,
        .width = Width::wide,
        .viewer = viewer_of(request),
        .path = "/account"
    };
    co_return web::page(
        services_.render_page(frame, account_cards(request.subject<AccountUser>(), has_identities))
    );
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
    // The newest first, but for the one that people look for and that cannot be ended here.
    const auto mine = std::ranges::find(*sessions, current.id, &session::SessionRecord::id);
    if (mine != sessions->end()) {
        std::rotate(sessions->begin(), mine, mine + 1);
    }
    view.csrf_token = request.csrf_token();
    const Frame frame{
        .title = messages.sessions_title,
        .width = Width::wide,
        .viewer = viewer_of(request),
        .path = "/account/sessions",
    };
    const http::Status status = view.problem.empty() ? http::Status::ok : http::Status::unprocessable_content;
    html::Node content = sessions_cards(view, *sessions, current.id);
    co_return page(services_, frame, std::move(content), status);
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

Task<std::optional<Confirmation>> Pages::confirmation_for(
    web::Request& request, const Error& refusal, std::string_view next
) {
    if (refusal.code != Errc::step_up_required && refusal.code != Errc::credentials_wrong) {
        co_return std::nullopt;
    }
    const AccountId account = request.account_session()->record().account;
    Result<Confirmation> found = co_await find_confirmation(services_, account, next);
    co_return found.value_or(Confirmation());
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
        SessionsView view;
        view.confirmation = co_await confirmation_for(request, confirmed.error(), "/account/sessions");
        view.problem = confirmation_problem(confirmed.error());
        co_return co_await sessions_page(request, std::move(view));
    }

    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<std::size_t> ended =
        co_await services_.accounts.revoke_other_sessions(confirmed->session, std::move(facts));
    if (!ended && ended.error().code == Errc::step_up_required) {
        SessionsView view;
        view.confirmation = co_await confirmation_for(request, ended.error(), "/account/sessions");
        co_return co_await sessions_page(request, std::move(view));
    }
    http::Response response;
    if (ended) {
        response = web::redirect_to("/account/sessions?notice=others-ended");
    } else {
        response = request.refuse(std::move(ended).error());
    }
    keep_renewed(response, *confirmed);  // the session of before is gone, whatever came of the rest
    co_return response;
}

}  // namespace cardea::identity
