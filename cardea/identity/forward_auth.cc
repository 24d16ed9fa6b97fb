// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/forward_auth.h"

#include "cardea/audit/rule.h"
#include "cardea/http/headers.h"
#include "cardea/http/next.h"
#include "cardea/http/query.h"
#include "cardea/identity/user.h"
#include "cardea/web/response.h"

namespace cardea::identity {
namespace {

http::Response identity(const web::Request& request) {
    http::Response response(http::Status::ok);
    response.add_prepared_lines(answers_of(request).identity_lines());
    return response;
}

/// Why what was shown is not taken; nothing where nothing was shown.
std::optional<web::Problem> refusal_of(const web::Request& request) {
    if (const std::optional<Error>& error = request.credential_error()) {
        return web::Problem(*error);
    }
    if (request.refused_credential()) {
        return request.refused_credential();
    }
    if (request.api_key() != nullptr) {
        return web::Problem(Error{Errc::forbidden, std::string(name(audit::Rule::key_not_taken_here)), {}, {}}
        );
    }
    const bool sent_token = http::find_bearer_token(request.header("Authorization")).has_value();
    return sent_token ? std::optional<web::Problem>(Errc::unauthenticated) : std::nullopt;
}

/// 401 whatever it was: a proxy takes nothing else for an answer.
http::Response nobody(const web::Request& request) {
    http::Response response(http::Status::unauthorized);
    if (std::optional<web::Problem> problem = refusal_of(request)) {
        problem->is_bare = true;
        response = request.refuse(std::move(*problem));
        response.status(http::Status::unauthorized);
    }
    if (response.header("WWW-Authenticate").empty()) {
        response.set_header("WWW-Authenticate", R"(Bearer realm="cardea")");
    }
    return response;
}

/// What both routes answer.
void describe(web::Route& route) {
    route.answers_empty(http::Status::ok, "Who it is, in headers.")
        .answer_header("X-Auth-User", "The id of the account.")
        .answer_header("X-Auth-Email", "The address of the account, once it was verified.")
        .answer_header("X-Auth-Session", "The id of the session. Of a person.")
        .answer_header("X-Auth-Api-Key", "The id of the API key, where api_keys.forward_auth takes them.")
        .answer_header("X-Auth-Scopes", "The scopes of the API key.")
        .answers_empty(http::Status::unauthorized, "Nobody is signed in.")
        .answer_header("X-Auth-Reference", "Which refusal it was, where a session or a key was not taken.");
}

/// Whether its scopes leave it anything: their header would be empty, which proxies leave out, and without it
/// a key is as good as its owner.
bool can_do_something(const web::User& user) noexcept {
    return !user.is_limited || !user.scopes.empty();
}

bool is_safe_method(std::string_view method) {
    return method.empty() || method == "GET" || method == "HEAD";
}

}  // namespace

void ForwardAuth::add_routes(web::App& app) {
    describe(app.get("/auth/verify", [this](web::Request& request) { return verify(request); })
                 .ignoring_credential_errors()
                 .tag("Forward auth")
                 .operation_id("verifyRequest")
                 .summary("Whose request is this? For nginx auth_request."));
    describe(app.get("/auth/forward", [this](web::Request& request) { return forward(request); })
                 .ignoring_credential_errors()
                 .tag("Forward auth")
                 .operation_id("forwardRequest")
                 .summary("Whose request is this? For Caddy and Traefik; sends browsers to the sign-in page.")
                 .answers(http::Status::see_other, "A browser without a session: to /login.")
                 .answer_header("Location", "The sign-in page, which leads back."));
}

bool ForwardAuth::is_known(const web::Request& request) const noexcept {
    if (request.api_key() != nullptr) {
        return options_.takes_api_keys && can_do_something(answers_of(request).user());
    }
    return request.account_session() != nullptr;
}

http::Response ForwardAuth::verify(web::Request& request) const {
    return is_known(request) ? identity(request) : nobody(request);
}

http::Response ForwardAuth::forward(web::Request& request) const {
    if (is_known(request)) {
        return identity(request);
    }
    return request.wants_page() ? web::redirect_to(sign_in_location(request)) : nobody(request);
}

std::string ForwardAuth::sign_in_location(const web::Request& request) const {
    // Coming back repeats the address, so it may only be one that was asked for by a safe method. What is
    // ambiguous in it only makes the way back the start page.
    std::string next = is_safe_method(request.header("X-Forwarded-Method"))
                           ? std::string(request.header("X-Forwarded-Uri"))
                           : std::string();
    std::string login = "/login?";
    const std::string_view host = request.header("X-Forwarded-Host");
    if (!options_.cookie_domain.empty() && !host.empty() &&
        !options_.public_url.ends_with("://" + std::string(host))) {
        next = "https://" + std::string(host) + next;
        login = options_.public_url + login;
    }
    http::append_field(login, "next", http::safe_next(next, options_.cookie_domain));
    return login;
}

}  // namespace cardea::identity
