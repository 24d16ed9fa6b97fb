// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/app.h"
#include "server/api/api.h"
#include "server/config/config.h"
#include "server/forward_auth.h"
#include "server/pages/pages.h"

#include <memory>

namespace cardea::server {

class Runtime;

/// The HTTP surface of the server: API, pages, forward auth, documentation, assets, health. Immutable once
/// made; the runtime outlives it.
class Application {
 public:
    /// Errc::config when routes contradict each other, which a test would have found.
    [[nodiscard]] static Result<std::unique_ptr<Application>> make(const Config& config, Runtime& runtime);

    [[nodiscard]] net::Service& service() noexcept { return app_; }

 private:
    Application(const Config& config, Runtime& runtime);
    void add_middleware(const Config& config, Runtime& runtime);
    void add_routes();

    Api api_;
    Pages pages_;
    ForwardAuth forward_auth_;
    web::App app_;
};

}  // namespace cardea::server
