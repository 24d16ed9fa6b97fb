// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/identity/site.h"
#include "cardea/web/app.h"
#include "server/config/config.h"
#include "server/host_gate.h"

#include <memory>

namespace cardea::server {

class Runtime;

/// The answer of /healthz: that this process answers.
[[nodiscard]] http::Response healthy(web::Request& request);

/// The HTTP surface of the server: the site of the accounts with a landing page, documentation and health.
/// Immutable once made; the runtime outlives it.
class Application {
 public:
    /// Errc::config when routes contradict each other, which a test would have found.
    [[nodiscard]] static Result<std::unique_ptr<Application>> make(const Config& config, Runtime& runtime);

    /// What the engine serves. It answers for the host of public_url alone, but for what machines ask:
    /// proxies and load balancers name whatever host they like.
    [[nodiscard]] net::Service& service() noexcept { return gate_; }

 private:
    Application(const Config& config, Runtime& runtime);
    void add_routes(const Config& config);

    identity::Site site_;
    web::App app_;
    HostGate gate_;
};

}  // namespace cardea::server
