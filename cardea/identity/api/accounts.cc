// SPDX-License-Identifier: Apache-2.0
// Registration and passwords over JSON.
#include "cardea/account/email.h"
#include "cardea/account/username.h"
#include "cardea/identity/api/api.h"
#include "cardea/identity/api/fields.h"
#include "cardea/identity/session_json.h"
#include "cardea/web/response.h"

namespace cardea::identity {
namespace {

account::Registration read_registration(JsonFields& fields) {
    account::Registration registration{
        .email = fields.text("email"),
        .username = fields.text("username"),
        .name = fields.text("name"),
        .password = fields.required_secret("password"),
        .invitation = fields.text("invitation"),
    };
    if (registration.email.empty() && registration.username.empty()) {
        fields.add_mistake("email", "missing", "Send an e-mail address or a user name.");
    }
    if (!registration.email.empty() && !account::EmailAddress::parse(registration.email)) {
        fields.add_mistake("email", "email_invalid", "This is no e-mail address.");
    }
    if (!registration.username.empty() && !account::Username::parse(registration.username)) {
        fields.add_mistake(
            "username",
            "username_invalid",
            "Use letters of one script, digits and punctuation, without spaces or @."
        );
    }
    if (!registration.name.empty() && !account::parse_display_name(registration.name)) {
        fields.add_mistake("name", "name_invalid", "Use up to 100 visible characters on one line.");
    }
    return registration;
}

/// A sentence for whoever cannot register without an invitation.
constexpr std::string_view uninvited(account::RegistrationMode mode) noexcept {
    return mode == account::RegistrationMode::closed ? "Registration is closed."
                                                     : "Registration needs an invitation that is still good.";
}

web::Problem registration_problem(Error error, const Services& services) {
    if (std::optional<web::Problem> problem = password_problem(error, "password", services.password_policy)) {
        return std::move(*problem);
    }
    web::Problem problem(std::move(error));
    switch (problem.code) {
        case Errc::conflict:
            problem.detail = "That e-mail address or user name is taken.";
            break;
        case Errc::forbidden:
        case Errc::expired:
        case Errc::replayed:
        case Errc::signature_invalid:
            problem.code = Errc::forbidden;
            problem.detail = uninvited(services.registration);
            break;
        default:
            break;
    }
    return problem;
}

}  // namespace

Task<http::Response> Api::register_account(web::Request& request) {
    JsonFields fields(request.json());
    account::Registration registration = read_registration(fields);
    if (fields.has_mistakes()) {
        co_return request.refuse(std::move(fields).problem());
    }

    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<account::AccountRecord> account =
        co_await services_.accounts.register_account(std::move(registration), std::move(facts), std::nullopt);
    if (!account) {
        co_return request.refuse(registration_problem(std::move(account).error(), services_));
    }
    co_return web::json(user_json(*account), http::Status::created);
}

Task<http::Response> Api::change_password(web::Request& request) {
    JsonFields fields(request.json());
    account::PasswordChange change{
        .current = fields.required_secret("current_password"),
        .replacement = fields.required_secret("new_password"),
    };
    if (fields.has_mistakes()) {
        co_return request.refuse(std::move(fields).problem());
    }

    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<std::optional<session::SessionToken>> token =
        co_await services_.accounts.change_password(session, std::move(change), std::move(facts));
    if (!token && token.error().code == Errc::credentials_wrong) {
        co_return request.refuse(
            field_problem("current_password", "wrong", "The current password is not right.")
        );
    }
    if (!token) {
        std::optional<web::Problem> problem =
            password_problem(token.error(), "new_password", services_.password_policy);
        co_return request.refuse(problem ? std::move(*problem) : web::Problem(std::move(token).error()));
    }

    if (!*token) {
        co_return web::no_content();  // another request gave the session a token meanwhile
    }
    if (session.transport == session::Transport::bearer) {
        co_return web::json(bearer_json((*token)->text().expose(), session));
    }
    http::Response response = web::no_content();
    services_.cookies.issue_session(response, **token, session, services_.clock.now());
    co_return response;
}

}  // namespace cardea::identity
