// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/guard.h"

#include "cardea/base/errc.h"
#include "cardea/http/query.h"
#include "cardea/web/request.h"
#include "cardea/web/respond.h"

namespace cardea::web {
namespace {

/// The sign-in page's address with the way back; only a page that was merely looked at can be gone back to.
std::string with_next(const std::string& redirect, const Request& request) {
    if (request.method() != http::Method::get) {
        return redirect;
    }
    std::string next(request.path());
    if (!request.http().query.empty()) {
        next.append("?").append(request.http().query);
    }
    std::string location = redirect + (redirect.contains('?') ? "&" : "?");
    http::append_field(location, "next", next);
    return location;
}

/// The 401, or why the API key that was sent is not taken.
http::Response refuse_nobody(const Request& request) {
    const std::optional<Error>& refused = request.refused_api_key();
    return request.refuse(refused ? Problem(*refused) : Problem(Errc::unauthenticated));
}

}  // namespace

Guard requires_session(GuardOptions options) {
    auto check = [redirect = std::move(options.redirect)](Request& request) -> std::optional<http::Response> {
        if (request.session() != nullptr) {
            return std::nullopt;
        }
        if (!redirect.empty() && request.wants_page()) {
            return redirect_to(with_next(redirect, request));
        }
        if (request.api_key() != nullptr) {
            return request.refuse(Error{Errc::forbidden, "API key where a session is needed", {}, {}});
        }
        return refuse_nobody(request);
    };
    return {"requires_session", Guard::Needs::sessions, std::move(check)};
}

Guard requires_session_or_api_key() {
    const auto check = [](Request& request) -> std::optional<http::Response> {
        if (request.session() != nullptr || request.api_key() != nullptr) {
            return std::nullopt;
        }
        return refuse_nobody(request);
    };
    return {"requires_session_or_api_key", Guard::Needs::sessions_or_api_keys, check};
}

}  // namespace cardea::web
