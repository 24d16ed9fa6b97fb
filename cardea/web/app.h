// SPDX-License-Identifier: Apache-2.0
/// web: applications on the engine. Routes, middleware and guards; requests with their parameters, forms,
/// JSON and cookies; refusals as problem+json or pages; security headers; embedded assets; the OpenAPI
/// document of the same routes. Knows sessions and where they are kept; of
/// accounts only their sessions, API keys and password hashing.
///
/// Set up on one thread: add routes and middleware in any order, then run(), or start(), which checks all of
/// it. After that an App is immutable and serves from every I/O thread.
///
///     App app;
///     app.use(sessions({.secret = env("SECRET_KEY")}));
///     app.get("/dashboard", requires_scopes("authenticated", {.redirect = "/login"}), dashboard);
///     return app.run();
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/late.h"
#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/http/origin.h"
#include "cardea/net/request_rules.h"
#include "cardea/net/service.h"
#include "cardea/web/extension.h"
#include "cardea/web/foreign.h"
#include "cardea/web/guard.h"
#include "cardea/web/middleware.h"
#include "cardea/web/openapi.h"
#include "cardea/web/problem.h"
#include "cardea/web/request.h"
#include "cardea/web/route.h"
#include "cardea/web/router.h"
#include "cardea/web/security_headers.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cardea::net {
class Server;
}

namespace cardea::web {

class Housekeeping;
struct RunOptions;

/// What the answers of a program have in common.
struct AppOptions {
    /// How browsers reach the program: "https://example.com". https turns Secure cookies on, and HSTS where
    /// the host is a real name; plain http is for this machine alone. Empty: http://localhost:8000, or what
    /// run() is told.
    std::string public_url;
    ReferenceMaker reference;      ///< absent: refusals carry no reference
    ProblemPage problem_page;      ///< absent: a plain page for browsers
    const Clock* clock = nullptr;  ///< absent: the machine's; outlives the App
    Random* random = nullptr;      ///< absent: the system's; outlives the App
};

/// A web program: routes, middleware and schemas, checked by start(), then served by a net::Server. Built on
/// one thread; once started it is immutable and thread-safe.
class App final : public net::Service {
 public:
    explicit App(AppOptions options = {});
    ~App() override;

    /// Adds a route: the pattern ("/users/{id}/keys"), any number of guards, then the handler. GET answers
    /// HEAD too. The reference stays valid.
    template <class... Parts>
    Route& get(std::string pattern, Parts&&... parts) {
        return add(http::Method::get, std::move(pattern), std::forward<Parts>(parts)...);
    }
    template <class... Parts>
    Route& post(std::string pattern, Parts&&... parts) {
        return add(http::Method::post, std::move(pattern), std::forward<Parts>(parts)...);
    }
    template <class... Parts>
    Route& put(std::string pattern, Parts&&... parts) {
        return add(http::Method::put, std::move(pattern), std::forward<Parts>(parts)...);
    }
    template <class... Parts>
    Route& patch(std::string pattern, Parts&&... parts) {
        return add(http::Method::patch, std::move(pattern), std::forward<Parts>(parts)...);
    }
    template <class... Parts>
    Route& delete_(std::string pattern, Parts&&... parts) {
        return add(http::Method::delete_, std::move(pattern), std::forward<Parts>(parts)...);
    }

    void use(std::unique_ptr<Middleware> middleware);
    /// Extensions join in the order in which they are used.
    void use(std::shared_ptr<Extension> extension);

    /// Names a JSON Schema for Route::takes and Route::answers.
    void schema(std::string name, std::string json);
    /// Serves the OpenAPI document of the routes at /openapi.json.
    void openapi(OpenApiInfo info);
    /// The same, with pages that show it to people: /docs and /redoc (docs.h).
    void docs(OpenApiInfo info);

    /// Checks routes, guards and schemas and makes the App ready to serve. Errc::config with a sentence that
    /// says what to change.
    [[nodiscard]] Result<> start();

    /// Serves until SIGTERM, SIGINT or SIGHUP (stop_signals.h), and returns what main() returns. Reads the
    /// command line of the process:
    /// --listen ADDRESS:PORT, --workers N, --public-url URL, --tls-cert FILE, --tls-key FILE, --help. A
    /// setting that is missing or wrong is one sentence on standard error and 2.
    [[nodiscard]] int run();
    /// The same, where the program has said some of it already: what the command line says counts before it.
    [[nodiscard]] int run(RunOptions options);

    [[nodiscard]] std::optional<http::Response> answer_at_once(const http::Request& request) override;
    [[nodiscard]] Task<http::Response> answer(const http::Request& request) override;
    [[nodiscard]] http::Response answer_refused(const net::Refused& refused) override;

    /// The answer to a request that another web server has read, by the rules of our own: what is ambiguous
    /// is refused, and so are a Host that is not the public URL's and a body that was not read to its end.
    /// Such a refusal says `Connection: close`, which the other server has to do. Blocks while something is
    /// waited for. After start(), on any thread.
    [[nodiscard]] http::Response answer_for(const ForeignRequest& foreign);
    /// What run() does every minute and at the end: writes when sessions were last seen, removes what has
    /// ended. Where another server serves, Housekeeping does (housekeeping.h).
    [[nodiscard]] Task<> maintain() const;

 private:
    friend class Housekeeping;

    template <class... Guards>
    Route& add(http::Method method, std::string pattern, Guards&&... guards_and_handler) {
        return add_parts({}, method, std::move(pattern), std::forward<Guards>(guards_and_handler)...);
    }
    template <class First, class... Rest>
    Route& add_parts(
        std::vector<Guard> guards, http::Method method, std::string pattern, First&& first, Rest&&... rest
    ) {
        if constexpr (sizeof...(rest) == 0) {
            return add_route(
                method, std::move(pattern), std::move(guards), Handler(std::forward<First>(first))
            );
        } else {
            guards.emplace_back(std::forward<First>(first));
            return add_parts(std::move(guards), method, std::move(pattern), std::forward<Rest>(rest)...);
        }
    }
    Route& add_route(http::Method method, std::string pattern, std::vector<Guard> guards, Handler handler);
    [[nodiscard]] Result<> add_to_router(Router::RouteNumber number);
    [[nodiscard]] Result<> find_origin();
    void find_defaults();
    [[nodiscard]] Setup make_setup() const;
    [[nodiscard]] Result<> join_extensions();
    [[nodiscard]] Result<> fill_router();
    [[nodiscard]] Result<> start_middleware();
    [[nodiscard]] Result<> start_guards(Setup& setup) const;
    [[nodiscard]] Result<> check_all_needs();
    [[nodiscard]] Result<> check_needs(const Route& route) const;
    [[nodiscard]] Result<> check_redirects(const Route& route) const;
    [[nodiscard]] bool answers_get(std::string_view path) const noexcept;
    [[nodiscard]] Result<> build_openapi();
    [[nodiscard]] bool has_middleware(Middleware::Phase phase) const noexcept;

    [[nodiscard]] std::optional<http::Response> find_route(Request& request) const;
    [[nodiscard]] std::optional<http::Response> handle_at_once(Request& request) const;
    [[nodiscard]] Task<http::Response> handle(Request& request) const;
    [[nodiscard]] Task<> commit(Request& request, http::Response& response) const;
    void finish(Request& request, http::Response& response) const;
    /// The answer to what is no request: of its head nothing counts but what its client likes to read.
    [[nodiscard]] http::Response refuse_unread(
        const Problem& problem, std::string_view client_address, std::string_view accept
    ) const;
    [[nodiscard]] Task<> maintain_every_minute() const;
    [[nodiscard]] Result<> run_with(RunOptions options);
    void serve(net::Server& server) const;

    AppOptions options_;
    Late<http::Origin> origin_;
    std::unique_ptr<Clock> own_clock_;
    std::unique_ptr<Random> own_random_;
    Problems problems_;
    net::AllowedHosts hosts_;  // every one, but in run()
    Late<SecurityHeaders> security_headers_;
    Router router_;
    std::vector<std::unique_ptr<Route>> routes_;
    std::vector<std::unique_ptr<Middleware>> middleware_;
    std::vector<std::shared_ptr<Extension>> extensions_;
    Schemas schemas_;
    std::optional<OpenApiInfo> openapi_info_;
    std::string openapi_document_;
    bool only_this_machine_ = false;
    bool commits_ = false;
    bool started_ = false;
};

}  // namespace cardea::web
