// SPDX-License-Identifier: Apache-2.0
// The page of somebody's password: another one, or the first.
#include "cardea/account/identity.h"
#include "cardea/http/form.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/page.h"
#include "cardea/identity/pages/pages.h"
#include "cardea/identity/pages/viewer.h"
#include "cardea/identity/password_rules.h"
#include "cardea/web/response.h"

namespace cardea::identity {
namespace {

constexpr std::string_view password_path = "/account/password";

/// What every form for a password shows.
void complete(PasswordView& view, const Services& services, web::Request& request) {
    const auto& user = request.subject<AccountUser>();
    view.csrf_token = request.csrf_token();
    view.login = user.email().empty() ? user.username() : user.email();
    view.hint = password_hint(services.password_policy);
}

Frame frame_of(web::Request& request, std::string_view title) {
    return {.title = title, .width = Width::wide, .viewer = viewer_of(request), .path = password_path};
}

http::Response password_page(
    const Services& services, web::Request& request, PasswordView view, http::Status status
) {
    complete(view, services, request);
    return page(services, frame_of(request, messages.password_title), password_card(view), status);
}

void explain(PasswordView& view, const Error& error, const password::PasswordPolicy& policy) {
    if (error.code == Errc::credentials_wrong) {
        view.current_problem = messages.current_password_wrong;
    } else if (password::is_policy_refusal(error.code)) {
        view.new_problem = password_refusal(error.code, policy);
    } else {
        view.problem = web::problem_sentence(error);
    }
}

/// A wrong password here is a mistake in the form, not somebody who is not signed in.
http::Status form_status(const Error& error) {
    return error.code == Errc::credentials_wrong ? http::Status::unprocessable_content
                                                 : web::problem_kind(error.code).status;
}

}  // namespace

Task<http::Response> Pages::show_password(web::Request& request) {
    const AccountId id = request.account_session()->record().account;
    Result<account::AccountRecord> account = co_await account::load_account(services_.account_rows, id);
    if (!account) {
        co_return request.refuse(std::move(account).error());
    }
    const Result<http::Fields>& query = request.query();
    const std::string_view notice = query ? query->text("notice") : std::string_view();
    PasswordView view;
    if (account->password_hash.empty()) {
        co_return co_await first_password_page(request, std::move(view), http::Status::ok);
    }
    if (notice == "changed") {
        view.good_news = messages.password_changed;
    } else if (notice == "set") {
        view.good_news = messages.password_set;
    }
    co_return password_page(services_, request, std::move(view), http::Status::ok);
}

Task<http::Response> Pages::first_password_page(
    web::Request& request, PasswordView view, http::Status status
) {
    const session::SessionRecord& session = request.account_session()->record();
    std::optional<Confirmation> confirmation;
    if (services_.accounts.needs_step_up(session)) {
        Result<Confirmation> found = co_await find_confirmation(services_, session.account, password_path);
        if (!found) {
            co_return request.refuse(std::move(found).error());
        }
        confirmation = std::move(*found);
    }
    complete(view, services_, request);
    Frame frame = frame_of(request, messages.first_password_title);
    html::Node content = first_password_card(view, confirmation);
    co_return page(services_, std::move(frame), std::move(content), status);
}

Task<http::Response> Pages::change_password(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    if (fields->has("current_password")) {
        co_return co_await replace_password(request, *fields);
    }
    co_return co_await set_first_password(request, *fields);
}

Task<http::Response> Pages::replace_password(web::Request& request, const http::Fields& fields) {
    account::PasswordChange change{
        .current = http::secret_field(fields, "current_password"),
        .replacement = http::secret_field(fields, "new_password"),
    };
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<std::optional<session::SessionToken>> token =
        co_await services_.accounts.change_password(session, std::move(change), std::move(facts));
    if (!token) {
        PasswordView view;
        explain(view, token.error(), services_.password_policy);
        co_return password_page(services_, request, std::move(view), form_status(token.error()));
    }
    http::Response response = web::redirect_to("/account/password?notice=changed");
    if (*token) {
        services_.cookies.issue_session(response, **token, session, services_.clock.now());
    }
    co_return response;
}

Task<http::Response> Pages::set_first_password(web::Request& request, const http::Fields& fields) {
    session::SessionRecord session = request.account_session()->record();
    SecretText password = http::secret_field(fields, "new_password");
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<std::optional<session::SessionToken>> token =
        co_await services_.accounts.set_first_password(session, std::move(password), std::move(facts));
    if (!token && token.error().code == Errc::conflict) {
        co_return web::redirect_to(password_path);  // it has one meanwhile
    }
    if (!token) {
        PasswordView view;
        explain(view, token.error(), services_.password_policy);
        const http::Status status = form_status(token.error());
        co_return co_await first_password_page(request, std::move(view), status);
    }
    http::Response response = web::redirect_to("/account/password?notice=set");
    if (*token) {
        services_.cookies.issue_session(response, **token, session, services_.clock.now());
    }
    co_return response;
}

}  // namespace cardea::identity
