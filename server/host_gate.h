// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/net/service.h"

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

    /// `behind` outlives the gate. `home` is the origin that the 421 names, in a page for browsers:
    /// "https://id.example.org". Empty: none.
    HostGate(net::Service& behind, IsOurs is_ours, std::string home = {})
        : behind_(behind), is_ours_(std::move(is_ours)), home_(std::move(home)) {}

    [[nodiscard]] std::optional<http::Response> answer_at_once(const http::Request& request) override;
    [[nodiscard]] Task<http::Response> answer(const http::Request& request) override;

 private:
    net::Service& behind_;
    IsOurs is_ours_;
    std::string home_;
};

/// Whether a Host is an address, or a name that nobody outside can make lead here: one without a dot.
[[nodiscard]] bool is_inner_host(std::string_view host) noexcept;

}  // namespace cardea::server
