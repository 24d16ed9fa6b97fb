// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/net/server.h"
#include "cardea/web/app.h"
#include "server/host_gate.h"
#include "server/readiness.h"

#include <memory>
#include <string>

namespace cardea::server {

class Runtime;

/// What operators' tools ask, on an address of its own (`admin_listen`): /readyz, whether requests can be
/// answered now (200 "ready", or 503 and a word of ReadyState), and /metrics for Prometheus. Nobody signs in
/// here, so the address is not for the outside, and neither are names with a dot: those are answered 421.
class Admin {
 public:
    /// Starts listening. `runtime` and `main` outlive it. Errc::io when the address is taken.
    [[nodiscard]] static Result<std::unique_ptr<Admin>> start(
        const std::string& address, Runtime& runtime, const net::Server& main
    );

 private:
    Admin(Runtime& runtime, const net::Server& main);
    Task<http::Response> ready();
    http::Response metrics(web::Request& request);

    Runtime& runtime_;
    const net::Server& main_;
    Readiness readiness_;
    web::App app_;
    HostGate gate_;
    std::unique_ptr<net::Server> server_;
};

}  // namespace cardea::server
