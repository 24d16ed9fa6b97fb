// SPDX-License-Identifier: Apache-2.0
#include "server/host_gate.h"

#include "cardea/http/address.h"
#include "cardea/net/refusal.h"

namespace cardea::server {

std::optional<http::Response> HostGate::answer_at_once(const http::Request& request) {
    if (is_ours_(request)) {
        return behind_.answer_at_once(request);
    }
    constexpr net::Refusal refusal = net::Refusal::unknown_host;
    return http::Response(net::status(refusal), "text/plain; charset=utf-8", net::sentence(refusal));
}

Task<http::Response> HostGate::answer(const http::Request& request) {
    return behind_.answer(request);  // what is not ours was answered at once
}

bool is_inner_host(std::string_view host) noexcept {
    const std::string_view name = host.substr(0, host.rfind(':'));
    return host.starts_with('[') || http::parse_address(name) || !name.contains('.');
}

}  // namespace cardea::server
