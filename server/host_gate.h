// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/net/service.h"
#include "cardea/web/problem.h"

#include <functional>
#include <string>
#include <string_view>

namespace cardea::server {

/// Ahead of a service: a request for a host that is not ours is answered 421, so that a stranger's name that
/// is made to lead here (DNS rebinding) reads nothing. Where the engine's own list of hosts is too coarse.
class HostGate final : public net::Service {
 public:
    /// Whether a request is for us; called from every I/O thread at once.
    using IsOurs = std::function<bool(const http::Request& request)>;

    /// Makes the answer to one that is not; called alike.
    using Refuse = std::function<http::Response(const http::Request& request)>;

    /// `behind` outlives the gate. Without `refuse`, the answer is that of the engine.
    HostGate(net::Service& behind, IsOurs is_ours, Refuse refuse = {})
        : behind_(behind), is_ours_(std::move(is_ours)), refuse_(std::move(refuse)) {}

    [[nodiscard]] std::optional<http::Response> answer_at_once(const http::Request& request) override;
    [[nodiscard]] Task<http::Response> answer(const http::Request& request) override;
    [[nodiscard]] http::Response answer_refused(const net::Refused& refused) override;

 private:
    net::Service& behind_;
    IsOurs is_ours_;
    Refuse refuse_;
};

/// Refuses as an App does, with a reference, and names the origin `home`: "https://id.example.org". Its page
/// for browsers needs no style sheet, which they would ask for under the wrong name.
[[nodiscard]] HostGate::Refuse tell_where_we_are(std::string home, web::ReferenceMaker reference);

/// Whether a Host is an address, or a name that nobody outside can make lead here: one without a dot.
[[nodiscard]] bool is_inner_host(std::string_view host) noexcept;

}  // namespace cardea::server
