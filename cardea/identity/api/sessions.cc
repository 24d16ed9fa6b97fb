// SPDX-License-Identifier: Apache-2.0
// Signing in and out over JSON, and the list of one's sessions.
#include "cardea/identity/api/api.h"
#include "cardea/identity/api/fields.h"
#include "cardea/identity/session_json.h"
#include "cardea/identity/sign_out.h"
#include "cardea/web/response.h"

namespace cardea::identity {
namespace {

struct SignInInput {
    account::Credentials credentials;
    account::SessionWish wish;
};

SignInInput read_sign_in(JsonFields& fields) {
    const std::string email = fields.text("email");
    const std::string username = fields.text("username");
    if (email.empty() == username.empty()) {
        fields.add_mistake("email", "missing", "Send either an e-mail address or a user name.");
    }
    const std::string transport = fields.text("transport");
    if (!transport.empty() && transport != "cookie" && transport != "bearer") {
        fields.add_mistake("transport", "transport_invalid", "Send \"cookie\" or \"bearer\".");
    }
    SignInInput input{.credentials{.name = email.empty() ? username : email, .password{}}, .wish{}};
    input.credentials.password = fields.required_secret("password");
    input.wish.transport = transport == "bearer" ? session::Transport::bearer : session::Transport::cookie;
    input.wish.persistence =
        fields.flag("remember") ? session::Persistence::persistent : session::Persistence::browser_session;
    return input;
}

}  // namespace

Task<http::Response> Api::sign_in(web::Request& request) {
    JsonFields fields(request.json());
    SignInInput input = read_sign_in(fields);
    if (fields.has_mistakes()) {
        co_return request.refuse(std::move(fields).problem());
    }
    if (request.account_session() != nullptr) {
        input.wish.replaces = session::name_of(request.account_session()->record());
    }

    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<account::SignedIn> result = co_await services_.accounts.sign_in(
        std::move(input.credentials), input.wish, std::move(facts), std::nullopt
    );
    if (!result) {
        co_return request.refuse(std::move(result).error());
    }
    co_return signed_in(request, *result);
}

http::Response Api::signed_in(const web::Request& request, const account::SignedIn& result) const {
    const session::SessionRecord& session = result.session.record;
    if (session.transport == session::Transport::bearer) {
        return web::json(bearer_json(result.session.token.text().expose(), session));
    }
    http::Response response =
        web::json(session_json(result.account, session, services_.csrf_token(session.id)));
    services_.cookies.sign_in(response, request, result, services_.clock.now());
    return response;
}

Task<http::Response> Api::sign_out(web::Request& request) {
    co_return co_await identity::sign_out(services_, request, web::no_content());
}

http::Response Api::show_session(web::Request& request) {
    http::Response response(http::Status::ok);
    response.body("application/json", answers_of(request).session_json());
    return response;
}

Task<http::Response> Api::list_sessions(web::Request& request) {
    const session::SessionRecord& current = request.account_session()->record();
    Result<std::vector<session::SessionRecord>> sessions = co_await services_.sessions.list(current.account);
    if (!sessions) {
        co_return request.refuse(std::move(sessions).error());
    }
    co_return web::json(sessions_json(*sessions, current.id));
}

Task<http::Response> Api::end_session(web::Request& request) {
    const Result<SessionId> target = request.param_id<SessionId>("id");
    if (!target) {
        co_return request.refuse(target.error());
    }
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<> done = co_await services_.accounts.revoke_session(std::move(session), *target, std::move(facts));
    if (!done) {
        co_return request.refuse(std::move(done).error());
    }
    co_return web::no_content();
}

Task<http::Response> Api::end_other_sessions(web::Request& request) {
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<std::size_t> ended =
        co_await services_.accounts.revoke_other_sessions(std::move(session), std::move(facts));
    if (!ended) {
        co_return request.refuse(std::move(ended).error());
    }
    co_return web::no_content();
}

}  // namespace cardea::identity
