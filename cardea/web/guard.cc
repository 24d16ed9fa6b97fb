// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/guard.h"

#include "cardea/base/errc.h"
#include "cardea/http/media_type.h"
#include "cardea/http/query.h"
#include "cardea/http/target.h"
#include "cardea/web/request.h"
#include "cardea/web/response.h"

#include <algorithm>
#include <vector>

namespace cardea::web {
namespace {

/// The sign-in page's address with the way back; only a page that was merely looked at can be gone back to.
std::string with_next(const std::string& redirect, const Request& request) {
    if (request.method() != http::Method::get) {
        return redirect;
    }
    const std::string next = http::format_target(request.path(), request.http().query);
    const std::size_t fragment = std::min(redirect.find('#'), redirect.size());
    std::string location = redirect.substr(0, fragment);
    location += location.contains('?') ? "&" : "?";
    http::append_field(location, "next", next);
    return location + redirect.substr(fragment);
}

/// The 401, or why the credential that was sent is not taken.
http::Response refuse_nobody(const Request& request) {
    if (const std::optional<Problem>& refused = request.refused_credential()) {
        return request.refuse(*refused);
    }
    const std::optional<Error>& error = request.credential_error();
    return request.refuse(error ? Problem(*error) : Problem(Errc::unauthenticated));
}

/// Whether a redirect is an answer to this client: not to a script that fetches data.
bool takes_redirects(const Request& request) noexcept {
    const std::string_view mode = request.header("Sec-Fetch-Mode");
    return mode.empty() ? !http::wants_json(request.header("Accept")) : mode == "navigate";
}

class ScopeCheck {
 public:
    ScopeCheck(std::vector<std::string> scopes, GuardOptions options)
        : scopes_(std::move(scopes)), redirect_(std::move(options.redirect)) {}

    std::optional<http::Response> operator()(Request& request) const {
        const User* user = request.user();
        if (user == nullptr) {
            return refuse(request);
        }
        for (const std::string& scope : scopes_) {
            if (!user->has_scope(scope)) {
                return refuse_scope(request, scope);
            }
        }
        return std::nullopt;
    }

 private:
    /// RFC 6750 section 3.1: a program is told which token would do.
    [[nodiscard]] static http::Response refuse_scope(const Request& request, const std::string& scope) {
        http::Response response = request.refuse(Error{Errc::forbidden, "scope " + scope, {}, {}});
        if (request.has_bearer_user() && request.challenge().contains("Bearer")) {
            response.add_header(
                "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\""
            );
        }
        return response;
    }
    [[nodiscard]] http::Response refuse(const Request& request) const {
        const bool redirects = !redirect_.empty() && !request.credential_error() && takes_redirects(request);
        if (redirects) {
            return redirect_to(with_next(redirect_, request));
        }
        const bool is_nobody = !request.refused_credential() && !request.credential_error();
        return is_nobody ? request.refuse(Errc::unauthenticated, "Not authenticated")
                         : refuse_nobody(request);
    }

    std::vector<std::string> scopes_;
    std::string redirect_;
};

}  // namespace

Guard requires_scopes(std::initializer_list<std::string_view> scopes, GuardOptions options) {
    std::vector<std::string> names(scopes.begin(), scopes.end());
    std::string redirect = options.redirect;
    ScopeCheck check(std::move(names), std::move(options));
    return Guard("requires_scopes", Guard::Needs::users, std::move(check))
        .refuses_nobody()
        .redirects_to(std::move(redirect));
}

Guard requires_scopes(std::string_view scope, GuardOptions options) {
    return requires_scopes({scope}, std::move(options));
}

Guard requires_account_session(GuardOptions options) {
    auto check = [redirect = options.redirect](Request& request) -> std::optional<http::Response> {
        if (request.account_session() != nullptr) {
            return std::nullopt;
        }
        if (!redirect.empty() && request.wants_page()) {
            return redirect_to(with_next(redirect, request));
        }
        if (request.api_key() != nullptr) {
            return request.refuse(Error{Errc::forbidden, "key_not_taken_here", {}, {}});
        }
        return refuse_nobody(request);
    };
    return Guard("requires_account_session", Guard::Needs::account_sessions, std::move(check))
        .refuses_nobody()
        .redirects_to(std::move(options.redirect));
}

Guard requires_account_session_or_api_key() {
    const auto check = [](Request& request) -> std::optional<http::Response> {
        if (request.account_session() != nullptr || request.api_key() != nullptr) {
            return std::nullopt;
        }
        return refuse_nobody(request);
    };
    return Guard("requires_account_session_or_api_key", Guard::Needs::account_sessions_or_api_keys, check)
        .refuses_nobody();
}

}  // namespace cardea::web
