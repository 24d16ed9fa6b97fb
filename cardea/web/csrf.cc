// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/csrf.h"

#include "cardea/csrf/decide.h"
#include "cardea/csrf/token.h"
#include "cardea/web/request.h"
#include "cardea/web/route.h"

#include <utility>

namespace cardea::web {
namespace {

using cardea::csrf::Credential;
using cardea::csrf::Decision;
using cardea::csrf::HeaderlessClients;

constexpr std::string_view token_field = "csrf_token";

Credential credential_of(const Request& request) noexcept {
    if (request.api_key() != nullptr) {
        return Credential::bearer;
    }
    if (request.session() == nullptr) {
        return Credential::none;
    }
    const bool is_bearer = request.session()->record().transport == session::Transport::bearer;
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
    const Result<http::Fields>& form = request.form();
    return form ? form->text(token_field) : std::string_view();
}

/// Nobody is signed in where somebody must be: the guard's 401 says more than a 403 about a missing token,
/// and there is nothing to protect.
bool will_be_asked_to_sign_in(const Request& request) noexcept {
    const std::optional<Guard>& guard = request.route().guard();
    const bool is_nobody = request.session() == nullptr && request.api_key() == nullptr;
    return is_nobody && guard && guard->needs() != Guard::Needs::nothing;
}

class Csrf final : public Middleware, public Request::CsrfTokens {
 public:
    Csrf(http::Origin own, CsrfParts parts) : own_(std::move(own)), parts_(std::move(parts)) {}

    [[nodiscard]] Phase phase() const noexcept override { return Phase::csrf; }

    [[nodiscard]] std::optional<http::Response> before(Request& request) override {
        request.csrf(*this);
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

    [[nodiscard]] std::string token(const Request& request) const override {
        const std::string binding =
            request.session() != nullptr ? session_binding(request) : flow_binding(request);
        return binding.empty() ? std::string()
                               : cardea::csrf::make_token(parts_.keyring, binding, parts_.random);
    }

 private:
    [[nodiscard]] std::optional<http::Response> check_token(Request& request) const {
        const std::string_view token = sent_token(request);
        if (is_bound(token, session_binding(request)) || is_bound(token, flow_binding(request))) {
            return std::nullopt;
        }
        return request.refuse(
            Error{Errc::csrf_rejected, token.empty() ? "no token" : "token of another session or flow"}
        );
    }

    [[nodiscard]] bool is_bound(std::string_view token, const std::string& binding) const {
        return !binding.empty() && cardea::csrf::verify_token(parts_.keyring, binding, token).has_value();
    }

    [[nodiscard]] static std::string session_binding(const Request& request) {
        return request.session() != nullptr ? request.session()->record().id.to_string() : std::string();
    }

    /// A form that was shown before sign-in counts when its flow is still under way, also where another tab
    /// has signed in meanwhile.
    [[nodiscard]] std::string flow_binding(const Request& request) const {
        return parts_.flow_binding ? parts_.flow_binding(request) : std::string();
    }

    http::Origin own_;
    CsrfParts parts_;
};

}  // namespace

std::unique_ptr<Middleware> csrf(http::Origin own, CsrfParts parts) {
    return std::make_unique<Csrf>(std::move(own), std::move(parts));
}

}  // namespace cardea::web
