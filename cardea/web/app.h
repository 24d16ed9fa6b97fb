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
#include "cardea/web/problem.h"
#include "cardea/web/request.h"
#include "cardea/web/route.h"
#include "cardea/web/router.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cardea::web {

struct AppOptions {
    /// Whether browsers reach us by https: turns HSTS on.
    bool https = false;
    ReferenceMaker reference;  ///< absent: refusals carry no reference
    ProblemPage problem_page;  ///< absent: the plainest page
};

class App final : public net::Service {
 public:
    explicit App(AppOptions options = {});
    ~App() override;

    /// Adds a route. Patterns are "/users/{id}/keys"; GET answers HEAD too.
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

    /// Checks routes, guards and schemas and makes the App ready to serve. Errc::config with a sentence that
    /// says what to change.
    [[nodiscard]] Result<> start();

    [[nodiscard]] std::optional<http::Response> answer_at_once(const http::Request& request) override;
    [[nodiscard]] Task<http::Response> answer(const http::Request& request) override;

    [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const noexcept { return routes_; }
    [[nodiscard]] const std::map<std::string, std::string>& schemas() const noexcept { return schemas_; }

 private:
    Route& add(http::Method method, std::string pattern, std::optional<Guard> guard, Handler handler);

    AppOptions options_;
    Problems problems_;
    Router router_;
    std::vector<std::unique_ptr<Route>> routes_;
    std::vector<std::unique_ptr<Middleware>> middleware_;
    std::map<std::string, std::string> schemas_;
};

}  // namespace cardea::web
