// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/http/response.h"
#include "cardea/web/setup.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cardea::web {

class Request;

/// Decides whether a request may reach its handler. A guard says what it needs, so that App::start() can
/// refuse a program that forgot it.
class Guard {
 public:
    /// What the app must use for the guard to work.
    enum class Needs : std::uint8_t {
        nothing,
        account_sessions,  ///< those of accounts
        account_sessions_or_api_keys,
        users,  ///< anything that finds out who is asking
    };

    /// nullopt lets the request pass.
    using Check = std::function<std::optional<http::Response>(Request&)>;

    /// `name` is how the program spells the guard: "requires_account_session".
    Guard(std::string name, Needs needs, Check check)
        : name_(std::move(name)), needs_(needs), check_(std::move(check)) {}

    /// What the guard does once, when the App starts. Errc::config with a sentence that says what to change.
    using Start = std::function<Result<>(Setup&)>;
    void at_start(Start start) { start_ = std::move(start); }
    /// Says that nobody passes who is not known: then a request of nobody needs no CSRF token to be refused,
    /// and the OpenAPI document asks for a sign-in.
    Guard&& refuses_nobody() && {
        refuses_nobody_ = true;
        return std::move(*this);
    }
    /// Says where browsers are sent that may not pass, so that App::start() sees whether it leads anywhere.
    Guard&& redirects_to(std::string target) && {
        redirect_ = std::move(target);
        return std::move(*this);
    }
    [[nodiscard]] Result<> start(Setup& setup) const { return start_ ? start_(setup) : Result<>(); }

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] Needs needs() const noexcept { return needs_; }
    [[nodiscard]] bool does_refuse_nobody() const noexcept { return refuses_nobody_; }
    /// Empty where nobody is sent anywhere.
    [[nodiscard]] const std::string& redirect() const noexcept { return redirect_; }
    [[nodiscard]] std::optional<http::Response> check(Request& request) const { return check_(request); }

 private:
    std::string name_;
    Needs needs_;
    Check check_;
    Start start_;
    std::string redirect_;
    bool refuses_nobody_ = false;
};

/// What happens to a request that may not pass.
struct GuardOptions {
    /// Where browsers that ask for a page are sent (303, with `next` for the way back): a path of the App, or
    /// the whole address of somebody else's page. Empty: 401 for all.
    std::string redirect;
};

/// Lets only the live sessions of accounts pass. Needs `app.use(web::account_sessions(...))`. An API key is
/// not enough (403): what a person must be present for, no program does alone.
[[nodiscard]] Guard requires_account_session(GuardOptions options = {});

/// Lets live sessions and API keys pass; the handler asks Request::account_session() and
/// Request::api_key() which it is, and the key which scopes it has. Needs
/// `app.use(web::account_sessions(...))` and, for keys, `app.use(web::account_api_keys(...))`.
[[nodiscard]] Guard requires_account_session_or_api_key();
/// Lets only users pass who have every one of the scopes; "authenticated" is everybody who is signed in.
/// Nobody signed in: 303 to `redirect` with `next`, for whoever looks at pages and does not ask for JSON;
/// else, and without a redirect, 401. A scope that is missing: 403.
[[nodiscard]] Guard requires_scopes(
    std::initializer_list<std::string_view> scopes, GuardOptions options = {}
);
[[nodiscard]] Guard requires_scopes(std::string_view scope, GuardOptions options = {});

}  // namespace cardea::web
