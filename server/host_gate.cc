// SPDX-License-Identifier: Apache-2.0
#include "server/host_gate.h"

#include "cardea/http/address.h"
#include "cardea/http/media_type.h"
#include "cardea/net/refusal.h"

#include <fmt/format.h>

namespace cardea::server {

namespace {

constexpr net::Refusal refusal = net::Refusal::unknown_host;

http::Response where_we_are(const http::Request& request, std::string_view home) {
    if (!http::wants_html(request.header("Accept"))) {
        return net::refusal_response(
            net::status(refusal), fmt::format("{} It is to be found at {}.", net::sentence(refusal), home)
        );
    }
    http::Response page(
        net::status(refusal),
        "text/html; charset=utf-8",
        fmt::format(
            R"(<!doctype html><html lang="en"><title>Another address</title><h1>Another address</h1>)"
            R"(<p>This server is to be found at <a href="{0}/">{0}</a>.</p></html>)",
            home
        )
    );
    page.add_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    page.add_header("X-Content-Type-Options", "nosniff");
    page.add_header("Cache-Control", "no-store");
    return page;
}

}  // namespace

std::optional<http::Response> HostGate::answer_at_once(const http::Request& request) {
    if (is_ours_(request)) {
        return behind_.answer_at_once(request);
    }
    if (!home_.empty()) {
        return where_we_are(request, home_);
    }
    return net::refusal_response(refusal);
}

Task<http::Response> HostGate::answer(const http::Request& request) {
    return behind_.answer(request);  // what is not ours was answered at once
}

bool is_inner_host(std::string_view host) noexcept {
    const std::string_view name = host.substr(0, host.rfind(':'));
    return host.starts_with('[') || http::parse_address(name) || !name.contains('.');
}

}  // namespace cardea::server
