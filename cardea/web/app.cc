// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/app.h"

#include "cardea/base/assert.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace cardea::web {
namespace {

http::Response options_answer(std::string_view allow) {
    http::Response response(http::Status::no_content);
    response.add_header("Allow", allow);
    return response;
}

Problem not_allowed(std::string_view allow) {
    Problem problem(Errc::method_not_allowed);
    problem.allow = allow;
    return problem;
}

/// A handler that throws has a bug; the client learns no more than that.
Problem thrown(const std::exception& exception) {
    return {Error{Errc::internal, exception.what()}};
}

Middleware::Phase phase_of(const std::unique_ptr<Middleware>& middleware) noexcept {
    return middleware->phase();
}

std::optional<http::Response> check_guard(Request& request) {
    const std::optional<Guard>& guard = request.route().guard();
    return guard ? guard->check(request) : std::nullopt;
}

}  // namespace

App::App(AppOptions options)
    : problems_(std::move(options.reference), std::move(options.problem_page)),
      security_headers_(options.scheme) {}

App::~App() = default;

Route& App::get(std::string pattern, Handler handler) {
    return add(http::Method::get, std::move(pattern), std::nullopt, std::move(handler));
}
Route& App::get(std::string pattern, Guard guard, Handler handler) {
    return add(http::Method::get, std::move(pattern), std::move(guard), std::move(handler));
}
Route& App::post(std::string pattern, Handler handler) {
    return add(http::Method::post, std::move(pattern), std::nullopt, std::move(handler));
}
Route& App::post(std::string pattern, Guard guard, Handler handler) {
    return add(http::Method::post, std::move(pattern), std::move(guard), std::move(handler));
}
Route& App::put(std::string pattern, Handler handler) {
    return add(http::Method::put, std::move(pattern), std::nullopt, std::move(handler));
}
Route& App::put(std::string pattern, Guard guard, Handler handler) {
    return add(http::Method::put, std::move(pattern), std::move(guard), std::move(handler));
}
Route& App::delete_(std::string pattern, Handler handler) {
    return add(http::Method::delete_, std::move(pattern), std::nullopt, std::move(handler));
}
Route& App::delete_(std::string pattern, Guard guard, Handler handler) {
    return add(http::Method::delete_, std::move(pattern), std::move(guard), std::move(handler));
}

Route& App::add(http::Method method, std::string pattern, std::optional<Guard> guard, Handler handler) {
    CARDEA_ASSERT(!started_);
    routes_.push_back(
        std::make_unique<Route>(method, std::move(pattern), std::move(guard), std::move(handler))
    );
    return *routes_.back();
}

void App::use(std::unique_ptr<Middleware> middleware) {
    CARDEA_ASSERT(!started_);
    const auto place = std::ranges::upper_bound(middleware_, middleware->phase(), {}, phase_of);
    middleware_.insert(place, std::move(middleware));
}

void App::schema(std::string name, std::string json) {
    schemas_.insert_or_assign(std::move(name), std::move(json));
}

void App::openapi(OpenApiInfo info) {
    openapi_info_ = std::move(info);
}

Result<> App::start() {
    if (openapi_info_) {
        const auto serve = [this](Request&) {
            return http::Response(http::Status::ok, "application/json", std::string_view(openapi_document_));
        };
        get("/openapi.json", serve).anonymous().hidden();
    }
    for (std::size_t number = 0; number < routes_.size(); ++number) {
        Result<> added = add_to_router(static_cast<Router::RouteNumber>(number));
        if (!added) {
            return propagate(added);
        }
    }
    Result<> needs = check_needs();
    if (!needs) {
        return propagate(needs);
    }
    Result<> described = build_openapi();
    if (!described) {
        return propagate(described);
    }
    started_ = true;
    return {};
}

Result<> App::add_to_router(Router::RouteNumber number) {
    const Route& route = *routes_[number];
    Result<> added = router_.add(route.method(), route.pattern(), number);
    if (!added && added.error().code == Errc::conflict) {
        return fail(Errc::config, "two routes for " + added.error().context + ": remove one");
    }
    if (!added) {
        return fail(Errc::config, added.error().context);
    }
    return {};
}

Result<> App::check_needs() const {
    const bool has_sessions = has_middleware(Middleware::Phase::sessions);
    for (const auto& route : routes_) {
        const bool needs_sessions = route->guard() && route->guard()->needs() != Guard::Needs::nothing;
        if (needs_sessions && !has_sessions) {
            return fail(
                Errc::config,
                route->pattern() + " is guarded by " + route->guard()->name() +
                    ", which needs sessions: add app.use(web::sessions(...))"
            );
        }
        if (needs_sessions && route->is_anonymous()) {
            return fail(Errc::config, route->pattern() + " is anonymous and guarded: remove one of the two");
        }
        if (has_sessions && !http::is_safe(route->method()) && !has_middleware(Middleware::Phase::csrf)) {
            return fail(
                Errc::config,
                route->pattern() + " changes things on behalf of a session: add app.use(web::csrf(...))"
            );
        }
    }
    return {};
}

bool App::has_middleware(Middleware::Phase phase) const noexcept {
    return std::ranges::find(middleware_, phase, phase_of) != middleware_.end();
}

Result<> App::build_openapi() {
    if (!openapi_info_) {
        return {};
    }
    OpenApiSource source{*openapi_info_, {}, schemas_, {}};
    for (const auto& route : routes_) {
        source.routes.push_back(route.get());
    }
    for (const auto& middleware : middleware_) {
        std::ranges::move(middleware->security_schemes(), std::back_inserter(source.security));
    }
    Result<std::string> document = make_openapi(source);
    if (!document) {
        return propagate(document);
    }
    openapi_document_ = std::move(*document);
    return {};
}

std::optional<http::Response> App::answer_at_once(const http::Request& raw) {
    Request request(raw, problems_);
    std::optional<http::Response> response = find_route(request);
    if (!response) {
        try {
            response = handle_at_once(request);
        } catch (const std::exception& exception) {
            response = request.refuse(thrown(exception));
        }
    }
    if (response) {
        finish(request, *response);
    }
    return response;
}

std::optional<http::Response> App::find_route(Request& request) const {
    CARDEA_ASSERT(started_);
    const Router::Endpoint* endpoint = router_.resolve(request.path(), request.params());
    if (endpoint == nullptr) {
        return request.refuse(Errc::not_found);
    }
    const Router::RouteNumber number = endpoint->route(request.method());
    if (number != Router::none) {
        request.route(*routes_[number]);
        return std::nullopt;
    }
    if (request.method() == http::Method::options) {
        return options_answer(endpoint->allow());
    }
    return request.refuse(not_allowed(endpoint->allow()));
}

std::optional<http::Response> App::handle_at_once(Request& request) const {
    const Handler::AtOnce* handler = request.route().handler().at_once();
    if (handler == nullptr) {
        return std::nullopt;
    }
    // Nothing may have happened when this returns nullopt, so all get ready before the first one acts.
    for (const auto& middleware : middleware_) {
        if (!middleware->prepare_at_once(request)) {
            return std::nullopt;
        }
    }
    for (const auto& middleware : middleware_) {
        if (std::optional<http::Response> response = middleware->before(request)) {
            return response;
        }
    }
    if (std::optional<http::Response> response = check_guard(request)) {
        return response;
    }
    return (*handler)(request);
}

Task<http::Response> App::answer(const http::Request& raw) {
    Request request(raw, problems_);
    std::optional<http::Response> response = find_route(request);
    if (!response) {
        try {
            http::Response handled = co_await handle(request);
            response = std::move(handled);
        } catch (const std::exception& exception) {
            response = request.refuse(thrown(exception));
        }
    }
    finish(request, *response);
    co_return std::move(*response);
}

Task<http::Response> App::handle(Request& request) const {
    for (const auto& middleware : middleware_) {
        if (!middleware->prepare_at_once(request)) {
            co_await middleware->prepare(request);
        }
        std::optional<http::Response> response = middleware->before(request);
        if (response) {
            co_return std::move(*response);
        }
    }
    std::optional<http::Response> refusal = check_guard(request);
    if (refusal) {
        co_return std::move(*refusal);
    }
    const Handler& handler = request.route().handler();
    if (const Handler::AtOnce* at_once = handler.at_once()) {
        co_return (*at_once)(request);
    }
    const Handler::Awaited& awaited = *handler.awaited();
    co_return co_await awaited(request);
}

void App::finish(Request& request, http::Response& response) const {
    if (request.has_route()) {
        for (const auto& middleware : middleware_) {
            middleware->after(request, response);
        }
    }
    security_headers_.add_to(response);
}

}  // namespace cardea::web
