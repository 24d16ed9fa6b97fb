// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/app.h"

#include "cardea/base/assert.h"
#include "cardea/http/url.h"
#include "cardea/web/csrf.h"
#include "cardea/web/detail/layout_assets.h"
#include "cardea/web/detail/refusal_lines.h"
#include "cardea/web/detail/request_access.h"
#include "cardea/web/detail/session_access.h"
#include "cardea/web/problem_page.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace cardea::web {
namespace {

using detail::RequestAccess;
using detail::SessionAccess;

constexpr std::string_view usual_challenge = R"(Bearer realm="cardea")";

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

std::string what_was_thrown(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& exception) {
        return exception.what();
    } catch (...) {
        return "something that is no std::exception";
    }
}

/// A handler that throws has a bug; the client learns no more than that, and the session stays as it was.
http::Response refuse_thrown(Request& request, const std::exception_ptr& thrown) {
    if (RequestAccess::find_session(request) != nullptr) {
        SessionAccess::discard(request.session());
    }
    return request.refuse(Error{Errc::internal, what_was_thrown(thrown)});
}

Middleware::Phase phase_of(const std::unique_ptr<Middleware>& middleware) noexcept {
    return middleware->phase();
}

std::optional<http::Response> check_guards(Request& request) {
    for (const Guard& guard : request.route().guards()) {
        if (std::optional<http::Response> refusal = guard.check(request)) {
            return refusal;
        }
    }
    return std::nullopt;
}

}  // namespace

App::App(AppOptions options) : options_(std::move(options)) {}

App::~App() = default;

Route& App::add_route(http::Method method, std::string pattern, std::vector<Guard> guards, Handler handler) {
    CARDEA_ASSERT(!started_);
    routes_.push_back(
        std::make_unique<Route>(method, std::move(pattern), std::move(guards), std::move(handler))
    );
    return *routes_.back();
}

void App::use(std::unique_ptr<Middleware> middleware) {
    CARDEA_ASSERT(!started_);
    const auto place = std::ranges::upper_bound(middleware_, middleware->phase(), {}, phase_of);
    middleware_.insert(place, std::move(middleware));
}

void App::use(std::shared_ptr<Extension> extension) {
    CARDEA_ASSERT(!started_);
    extensions_.push_back(std::move(extension));
}

Result<> App::start() {
    if (Result<> reached = find_origin(); !reached) {
        return propagate(reached);
    }
    find_defaults();
    using Step = Result<> (App::*)();
    for (const Step step : {
             &App::join_extensions,
             &App::fill_router,
             &App::start_middleware,
             &App::check_all_needs,
             &App::build_openapi,
         }) {
        if (Result<> done = (this->*step)(); !done) {
            return propagate(done);
        }
    }
    started_ = true;
    return {};
}

/// Where the program is reached: much else depends on it.
Result<> App::find_origin() {
    if (options_.public_url.empty()) {
        options_.public_url = "http://localhost:8000";
    }
    Result<http::Url> url = http::parse_url(options_.public_url);
    if (!url || url->path() != "/" || url->query() || url->fragment()) {
        return fail(
            Errc::config,
            "the public URL " + options_.public_url + " is no origin: write it like https://example.com"
        );
    }
    if (url->scheme() != "https" && !url->is_loopback()) {
        return fail(
            Errc::config,
            "the public URL " + options_.public_url +
                " is plain http: whoever listens on the way could take sessions over. Use https, by "
                "--tls-cert and --tls-key or with a proxy in front"
        );
    }
    origin_ = url->origin();
    security_headers_.emplace(*url);
    return {};
}

void App::find_defaults() {
    if (options_.clock == nullptr) {
        own_clock_ = std::make_unique<SystemClock>();
        options_.clock = own_clock_.get();
    }
    if (options_.random == nullptr) {
        own_random_ = std::make_unique<SystemRandom>();
        options_.random = own_random_.get();
    }
    problems_ = Problems(
        options_.reference,
        options_.problem_page ? options_.problem_page : ProblemPage(plain_problem_page),
        std::make_shared<detail::RefusalLines>(*options_.clock, *options_.random)
    );
}

Setup App::make_setup() const {
    return {
        .origin = *origin_,
        .only_this_machine = only_this_machine_,
        .clock = *options_.clock,
        .random = *options_.random,
    };
}

Result<> App::join_extensions() {
    const Setup setup = make_setup();
    for (const std::shared_ptr<Extension>& extension : extensions_) {
        if (Result<> joined = extension->join(*this, setup); !joined) {
            return propagate(joined);
        }
    }
    return {};
}

Result<> App::start_middleware() {
    if (std::ranges::count(middleware_, Middleware::Phase::sessions, phase_of) > 1) {
        return fail(Errc::config, "sessions are used twice: one app.use(sessions(...)) serves all routes");
    }
    Setup setup = make_setup();
    setup.finds_users = has_middleware(Middleware::Phase::sessions) ||
                        has_middleware(Middleware::Phase::authentication) ||
                        has_middleware(Middleware::Phase::account_sessions);
    bool has_csrf = has_middleware(Middleware::Phase::csrf);
    // By index: the list grows where CSRF protection comes by itself, behind what asked for it.
    for (std::size_t next = 0; next < middleware_.size(); ++next) {
        if (Result<> started = middleware_[next]->start(setup); !started) {
            return propagate(started);
        }
        commits_ = commits_ || middleware_[next]->commits();
        if (setup.keyring != nullptr && !std::exchange(has_csrf, true)) {
            use(csrf(
                setup.origin, {.keyring = *setup.keyring, .random = *options_.random, .flow_binding = {}}
            ));
        }
    }
    return start_guards(setup);
}

Result<> App::start_guards(Setup& setup) const {
    for (const auto& route : routes_) {
        if (Result<> started = route->start_guards(setup); !started) {
            return propagate(started);
        }
    }
    return {};
}

Result<> App::fill_router() {
    detail::serve_layouts(*this);
    if (openapi_info_) {
        const auto serve = [this](Request&) {
            return http::Response(http::Status::ok, "application/json", std::string_view(openapi_document_));
        };
        get("/openapi.json", serve).anonymous().hidden();
    }
    for (std::size_t number = 0; number < routes_.size(); ++number) {
        if (Result<> added = add_to_router(static_cast<Router::RouteNumber>(number)); !added) {
            return propagate(added);
        }
    }
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

bool App::has_middleware(Middleware::Phase phase) const noexcept {
    return std::ranges::find(middleware_, phase, phase_of) != middleware_.end();
}

std::optional<http::Response> App::answer_at_once(const http::Request& raw) {
    Request request(raw, problems_);
    std::optional<http::Response> response =
        hosts_.contains(raw.host) ? find_route(request) : request.refuse(misdirected(origin_->text()));
    if (!response) {
        try {
            response = handle_at_once(request);
        } catch (...) {
            response = refuse_thrown(request, std::current_exception());
        }
    }
    if (response) {
        finish(request, *response);
    }
    return response;
}

http::Response App::answer_refused(const net::Refused& refused) {
    if (refused.why == net::Refusal::plain_http) {
        // No promise of https over plain http (RFC 6797 section 7.2).
        return net::refusal_response(refused.why);
    }
    return refuse_unread(refused_by_engine(refused.why), refused.client_address, refused.accept);
}

http::Response App::refuse_unread(
    const Problem& problem, std::string_view client_address, std::string_view accept
) const {
    const http::Header head[] = {{"Accept", accept}};
    const http::Request unread{.client_address = client_address, .headers = head};
    http::Response response = problems_.answer(unread, problem);
    response.add_header("Cache-Control", "no-store");
    security_headers_->add_to(response);
    return response;
}

std::optional<http::Response> App::find_route(Request& request) const {
    CARDEA_ASSERT(started_);
    const Router::Endpoint* endpoint = router_.resolve(request.path(), RequestAccess::params(request));
    if (endpoint == nullptr) {
        return request.refuse(Errc::not_found);
    }
    const Router::RouteNumber number = endpoint->route(request.method());
    if (number != Router::none) {
        RequestAccess::set_route(request, *routes_[number]);
        return std::nullopt;
    }
    if (request.method() == http::Method::options) {
        return options_answer(endpoint->allow());
    }
    return request.refuse(not_allowed(endpoint->allow()));
}

std::optional<http::Response> App::handle_at_once(Request& request) const {
    const Handler::AtOnce* handler = request.route().handler().at_once();
    if (handler == nullptr || (commits_ && !request.route().is_anonymous())) {
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
    if (std::optional<http::Response> response = check_guards(request)) {
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
            co_await commit(request, *response);
        } catch (...) {
            response = refuse_thrown(request, std::current_exception());
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
    std::optional<http::Response> refusal = check_guards(request);
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

/// What was changed is stored before anybody is told so.
Task<> App::commit(Request& request, http::Response& response) const {
    for (const auto& middleware : middleware_) {
        if (!middleware->must_commit(request)) {
            continue;
        }
        const Result<> committed = co_await middleware->commit(request, response);
        if (!committed) {
            response = request.refuse(committed.error());
        }
    }
}

Task<> App::maintain() const {
    for (const auto& middleware : middleware_) {
        co_await middleware->maintain();
    }
}

void App::finish(Request& request, http::Response& response) const {
    RequestAccess::run_after(request, response);
    if (request.has_route()) {
        for (const auto& middleware : middleware_) {
            middleware->after(request, response);
        }
    }
    if (response.status() == http::Status::unauthorized && response.header("WWW-Authenticate").empty()) {
        // RFC 9110 section 15.5.2: a handler's own 401 says how to authenticate, too.
        const std::string_view challenge = request.challenge();
        response.add_header("WWW-Authenticate", challenge.empty() ? usual_challenge : challenge);
    }
    security_headers_->add_to(response);
}

}  // namespace cardea::web
