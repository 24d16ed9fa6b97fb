// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/csrf.h"

#include "cardea/base/assert.h"
#include "cardea/base/base64url.h"
#include "cardea/csrf/decide.h"
#include "cardea/csrf/token.h"
#include "cardea/html/tags.h"
#include "cardea/http/cookie.h"
#include "cardea/web/detail/request_access.h"
#include "cardea/web/detail/session_access.h"
#include "cardea/web/request.h"
#include "cardea/web/route.h"

#include <algorithm>
#include <utility>

namespace cardea::web {
namespace {

using detail::RequestAccess;
using detail::SessionAccess;

using cardea::csrf::Credential;
using cardea::csrf::Decision;
using cardea::csrf::HeaderlessClients;

constexpr std::string_view token_field = "csrf_token";
constexpr std::string_view visitor_name = "visitor";
constexpr std::size_t visitor_size = base64url_size(16);

Credential credential_of(const Request& request) noexcept {
    if (request.has_bearer_user() || request.api_key() != nullptr) {
        return Credential::bearer;
    }
    if (request.account_session() == nullptr) {
        return Credential::none;  // which is no different from an application's cookie
    }
    const bool is_bearer = request.account_session()->record().transport == session::Transport::bearer;
    return is_bearer ? Credential::bearer : Credential::cookie;
}

cardea::csrf::RequestFacts facts_of(const Request& request) noexcept {
    return {
        .method = request.method(),
        .credential = credential_of(request),
        .sec_fetch_site = request.header("Sec-Fetch-Site"),
        .origin = request.header("Origin"),
        .is_json = request.has_json(),
        .headerless_clients = request.route().takes_headerless_clients() ? HeaderlessClients::accepted
                                                                         : HeaderlessClients::refused,
    };
}

/// The token that the request carries, in the header or else in its form.
std::string_view sent_token(Request& request) {
    const std::string_view header = request.header("X-CSRF-Token");
    if (!header.empty()) {
        return header;
    }
    const Result<http::Fields>& form = request.form_with_lists();
    return form && !form->is_repeated(token_field) ? form->text(token_field) : std::string_view();
}

/// Nobody is signed in where somebody must be: the guard's 401 says more than a 403 about a missing token,
/// and there is nothing to protect.
bool will_be_asked_to_sign_in(const Request& request) {
    return std::ranges::any_of(request.route().guards(), [&](const Guard& guard) {
        if (!guard.does_refuse_nobody()) {
            return false;
        }
        switch (guard.needs()) {
            case Guard::Needs::nothing:
                return false;
            case Guard::Needs::account_sessions:
            case Guard::Needs::account_sessions_or_api_keys:
                return request.account_session() == nullptr && request.api_key() == nullptr;
            case Guard::Needs::users:
                return request.user() == nullptr;
        }
        return false;
    });
}

/// Whether the route takes JSON, or may: it declares no form, is no page, and no body was sent.
bool may_be_json(const Request& request) {
    const Route& route = request.route();
    const bool takes_json = !route.takes().empty() || route.handler().takes().json;
    const bool is_open = !route.handler().takes().form && !route.is_hidden();
    return takes_json || (is_open && request.header("Content-Type").empty());
}

/// For who writes a client that sent no token: what would have passed.
std::string how_to_ask(const Request& request, bool has_session) {
    const std::string token = has_session ? "the CSRF token of the session" : "the CSRF token of a form here";
    if (!request.header("Origin").empty()) {
        return "Send " + token + " in X-CSRF-Token. A program that is no browser sends no Origin.";
    }
    if (may_be_json(request)) {
        const std::string other = has_session ? ", or " + token + " in X-CSRF-Token." : ".";
        return "Send JSON with Content-Type: application/json" + other;
    }
    return "Send " + token + " as its field csrf_token, or in X-CSRF-Token.";
}

/// Whether somebody signed in or out in this request: what was bound to the visitor before is void.
bool is_renewed(const Request& request) {
    const Session* session = RequestAccess::find_session(request);
    return session != nullptr && SessionAccess::is_renewed(*session);
}

class Csrf final : public Middleware, public Request::CsrfTokens {
 public:
    Csrf(http::Origin own, CsrfParts parts)
        : own_(std::move(own)), parts_(std::move(parts)), visitor_cookie_(make_cookie(own_)) {}

    [[nodiscard]] Phase phase() const noexcept override { return Phase::csrf; }

    [[nodiscard]] std::optional<http::Response> before(Request& request) override {
        RequestAccess::set_csrf(request, *this);
        // For a safe method decide() says the same; this spares reading headers on every session check.
        if (http::is_safe(request.method()) || will_be_asked_to_sign_in(request)) {
            return std::nullopt;
        }
        switch (cardea::csrf::decide(facts_of(request), own_)) {
            case Decision::pass:
                return std::nullopt;
            case Decision::token_needed:
                return check_token(request);
            case Decision::reject:
                break;
        }
        return request.refuse(Error{Errc::csrf_rejected, "cross-site request"});
    }

    /// A visitor who was given a token keeps what it is bound to; a sign-in or sign-out makes it void.
    void after(Request& request, http::Response& response) override {
        if (!RequestAccess::new_visitor(request).empty()) {
            add_cookie(response, visitor_cookie_.set(RequestAccess::new_visitor(request)));
        } else if (is_renewed(request) && !visitor(request).empty()) {
            add_cookie(response, visitor_cookie_.clear());
        }
    }

    [[nodiscard]] std::string token(Request& request) const override {
        std::string binding = session_binding(request);
        if (binding.empty()) {
            binding = parts_.flow_binding ? parts_.flow_binding(request) : visitor_to_bind(request);
        }
        return binding.empty() ? std::string()
                               : cardea::csrf::make_token(parts_.keyring, binding, parts_.random);
    }

 private:
    [[nodiscard]] std::optional<http::Response> check_token(Request& request) const {
        const std::string_view token = sent_token(request);
        if (is_bound(token, session_binding(request)) || is_bound(token, flow_binding(request))) {
            return std::nullopt;
        }
        Problem problem(
            Error{Errc::csrf_rejected, token.empty() ? "no token" : "token of another session or flow"}
        );
        if (token.empty() && !request.wants_page()) {
            problem.detail = how_to_ask(request, !session_binding(request).empty());
        }
        return request.refuse(std::move(problem));
    }

    [[nodiscard]] bool is_bound(std::string_view token, const std::string& binding) const {
        return !binding.empty() && cardea::csrf::verify_token(parts_.keyring, binding, token).has_value();
    }

    [[nodiscard]] static std::string session_binding(const Request& request) {
        if (request.account_session() != nullptr) {
            return request.account_session()->record().id.to_string();
        }
        const Session* session = RequestAccess::find_session(request);
        return std::string(session != nullptr ? SessionAccess::id(*session) : std::string_view());
    }

    /// A form that was shown before sign-in counts when its flow is still under way, also where another tab
    /// has signed in meanwhile.
    [[nodiscard]] std::string flow_binding(const Request& request) const {
        return parts_.flow_binding ? parts_.flow_binding(request) : std::string(visitor(request));
    }

    [[nodiscard]] std::string_view visitor(const Request& request) const {
        const Result<std::optional<std::string_view>> cookie = request.cookie(visitor_cookie_.name());
        const std::string_view name = cookie ? cookie->value_or(std::string_view()) : std::string_view();
        return name.size() == visitor_size ? name : std::string_view();
    }

    /// The visitor's name in its cookie, or a new one that the answer will set.
    [[nodiscard]] std::string visitor_to_bind(Request& request) const {
        const std::string_view known = is_renewed(request) ? std::string_view() : visitor(request);
        if (!known.empty()) {
            return std::string(known);
        }
        if (RequestAccess::new_visitor(request).empty()) {
            RequestAccess::set_new_visitor(request, base64url_encode(parts_.random.bytes<16>()));
        }
        return std::string(RequestAccess::new_visitor(request));
    }

    static void add_cookie(http::Response& response, const Result<std::string>& line) {
        if (line) {
            response.add_header("Set-Cookie", *line);
        }
    }

    [[nodiscard]] static http::CookieWriter make_cookie(const http::Origin& own) {
        Result<http::CookieWriter> cookie =
            own.is_https() ? http::CookieWriter::for_host(visitor_name, http::SameSite::lax)
                           : http::CookieWriter::for_localhost(visitor_name, http::SameSite::lax);
        CARDEA_ASSERT(cookie);
        return std::move(*cookie);
    }

    http::Origin own_;
    CsrfParts parts_;
    http::CookieWriter visitor_cookie_;
};

}  // namespace

html::Node csrf_field(Request& request) {
    return html::input({.name = token_field, .type = "hidden", .value = request.csrf_token()});
}

std::unique_ptr<Middleware> csrf(http::Origin own, CsrfParts parts) {
    return std::make_unique<Csrf>(std::move(own), std::move(parts));
}

}  // namespace cardea::web
