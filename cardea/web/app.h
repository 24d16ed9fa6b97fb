// SPDX-License-Identifier: Apache-2.0
/// web: applications on the engine. Routes, middleware and guards; requests with their parameters, forms,
/// JSON and cookies; refusals as problem+json or pages; security headers; embedded assets; the OpenAPI
/// document of the same routes. Knows sessions, but not accounts, and no store.
///
/// Set up on one thread: add routes and middleware in any order, then start(), which checks all of it. After
/// that an App is immutable and serves from every I/O thread.
#pragma once

#include "cardea/base/result.h"
#include "cardea/net/service.h"
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

namespace cardea::web {

/// What the answers of a program have in common.
struct AppOptions {
    /// How browsers reach the program; https turns HSTS on.
    SecurityHeaders::Scheme scheme = SecurityHeaders::Scheme::http;
    ReferenceMaker reference;  ///< absent: refusals carry no reference
    ProblemPage problem_page;  ///< absent: browsers get problem+json too
};

/// A web program: routes, middleware and schemas, checked by start(), then served by a net::Server. Built on
/// one thread; once started it is immutable and thread-safe.
class App final : public net::Service {
 public:
    explicit App(AppOptions options = {});
    ~App() override;

    /// Adds a route. Patterns are "/users/{id}/keys"; GET answers HEAD too. The reference stays valid.
    Route& get(std::string pattern, Handler handler);
    Route& get(std::string pattern, Guard guard, Handler handler);
    Route& post(std::string pattern, Handler handler);
    Route& post(std::string pattern, Guard guard, Handler handler);
    Route& put(std::string pattern, Handler handler);
    Route& put(std::string pattern, Guard guard, Handler handler);
    Route& delete_(std::string pattern, Handler handler);
    Route& delete_(std::string pattern, Guard guard, Handler handler);

    void use(std::unique_ptr<Middleware> middleware);

    /// Names a JSON Schema for Route::takes and Route::answers.
    void schema(std::string name, std::string json);
    /// Serves the OpenAPI document of the routes at /openapi.json.
    void openapi(OpenApiInfo info);

    /// Checks routes, guards and schemas and makes the App ready to serve. Errc::config with a sentence that
    /// says what to change.
    [[nodiscard]] Result<> start();

    [[nodiscard]] std::optional<http::Response> answer_at_once(const http::Request& request) override;
    [[nodiscard]] Task<http::Response> answer(const http::Request& request) override;

 private:
    Route& add(http::Method method, std::string pattern, std::optional<Guard> guard, Handler handler);
    [[nodiscard]] Result<> add_to_router(Router::RouteNumber number);
    [[nodiscard]] Result<> check_needs() const;
    [[nodiscard]] Result<> build_openapi();
    [[nodiscard]] bool has_middleware(Middleware::Phase phase) const noexcept;

    [[nodiscard]] std::optional<http::Response> find_route(Request& request) const;
    [[nodiscard]] std::optional<http::Response> handle_at_once(Request& request) const;
    [[nodiscard]] Task<http::Response> handle(Request& request) const;
    void finish(Request& request, http::Response& response) const;

    Problems problems_;
    SecurityHeaders security_headers_;
    Router router_;
    std::vector<std::unique_ptr<Route>> routes_;
    std::vector<std::unique_ptr<Middleware>> middleware_;
    Schemas schemas_;
    std::optional<OpenApiInfo> openapi_info_;
    std::string openapi_document_;
    bool started_ = false;
};

}  // namespace cardea::web
