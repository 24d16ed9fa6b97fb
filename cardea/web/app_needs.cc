// SPDX-License-Identifier: Apache-2.0
// What the routes of an App need of it, looked at when it starts.
#include "cardea/web/app.h"

namespace cardea::web {
namespace {

bool wants_account_sessions(const Guard& guard) noexcept {
    return guard.needs() == Guard::Needs::account_sessions ||
           guard.needs() == Guard::Needs::account_sessions_or_api_keys;
}

bool wants_users(const Guard& guard) noexcept {
    return guard.needs() == Guard::Needs::users;
}

bool asks_who_it_is(const Guard& guard) noexcept {
    return guard.needs() != Guard::Needs::nothing;
}

/// Whether it is the address of a page that may be another program's.
bool is_whole_address(std::string_view target) noexcept {
    return target.starts_with("https://") || target.starts_with("http://");
}

std::unexpected<Error> leads_nowhere(const Route& route, const Guard& guard, const std::string& path) {
    return fail(
        Errc::config,
        route.pattern() + " sends whoever is not signed in to " + guard.redirect() +
            ", where no route answers GET: correct the redirect of " + guard.name() + ", add app.get(\"" +
            path + "\", ...), or write the whole address (https://...) of another program's page"
    );
}

}  // namespace

Result<> App::check_all_needs() {
    for (const auto& route : routes_) {
        if (Result<> needs = check_needs(*route); !needs) {
            return propagate(needs);
        }
        if (Result<> redirects = check_redirects(*route); !redirects) {
            return propagate(redirects);
        }
    }
    return {};
}

Result<> App::check_needs(const Route& route) const {
    const bool has_sessions = has_middleware(Middleware::Phase::sessions);
    const bool has_account_sessions = has_middleware(Middleware::Phase::account_sessions);
    const bool has_users =
        has_sessions || has_account_sessions || has_middleware(Middleware::Phase::authentication);
    const Takes& takes = route.handler().takes();
    const std::string& pattern = route.pattern();
    if (const Guard* guard = route.find_guard(wants_account_sessions);
        guard != nullptr && !has_account_sessions) {
        return fail(
            Errc::config,
            pattern + " is guarded by " + guard->name() +
                ": add app.use(web::account_sessions(...)); where sessions({...}) are in use, the guard is "
                "requires_scopes(\"authenticated\")"
        );
    }
    if (takes.session && !has_sessions) {
        return fail(
            Errc::config,
            "the handler of " + pattern +
                " takes a Session: add app.use(sessions({.secret = env(\"SECRET_KEY\")}))"
        );
    }
    if ((takes.user || route.find_guard(wants_users) != nullptr) && !has_users) {
        return fail(
            Errc::config,
            pattern +
                " is for people who are signed in, and nothing can tell who is: add "
                "app.use(sessions({.secret = env(\"SECRET_KEY\")})) or app.use(authentication(...))"
        );
    }
    const bool is_guarded = route.find_guard(asks_who_it_is) != nullptr;
    if (route.is_anonymous() && (is_guarded || takes.session || takes.user)) {
        return fail(Errc::config, pattern + " is anonymous and guarded: remove one of the two");
    }
    if ((has_sessions || has_account_sessions) && !http::is_safe(route.method()) &&
        !has_middleware(Middleware::Phase::csrf)) {
        return fail(
            Errc::config, pattern + " changes things on behalf of a session: add app.use(web::csrf(...))"
        );
    }
    return {};
}

Result<> App::check_redirects(const Route& route) const {
    for (const Guard& guard : route.guards()) {
        const std::string& target = guard.redirect();
        const std::string path = target.substr(0, target.find_first_of("?#"));
        if (!target.empty() && !is_whole_address(target) && !answers_get(path)) {
            return leads_nowhere(route, guard, path);
        }
    }
    return {};
}

bool App::answers_get(std::string_view path) const noexcept {
    PathParams params;
    const Router::Endpoint* endpoint = router_.resolve(path, params);
    return endpoint != nullptr && endpoint->route(http::Method::get) != Router::none;
}

}  // namespace cardea::web
