// SPDX-License-Identifier: Apache-2.0
#include "server/host_gate.h"

#include "cardea/http/address.h"
#include "cardea/net/refusal.h"

#include <fmt/format.h>

#include <utility>

namespace cardea::server {

namespace {

std::string page_of(std::string_view home, const web::ShownProblem& problem) {
    const std::string reference =
        problem.reference.empty() ? "" : fmt::format("<p>Reference: {}</p>", problem.reference);
    return fmt::format(
        R"(<!doctype html><html lang="en"><title>Another address</title><h1>Another address</h1>)"
        R"(<p>This server is to be found at <a href="{0}/">{0}</a>.</p>{1}</html>)",
        home,
        reference
    );
}

}  // namespace

std::optional<http::Response> HostGate::answer_at_once(const http::Request& request) {
    if (is_ours_(request)) {
        return behind_.answer_at_once(request);
    }
    return refuse_ ? refuse_(request) : net::refusal_response(net::Refusal::unknown_host);
}

Task<http::Response> HostGate::answer(const http::Request& request) {
    return behind_.answer(request);  // what is not ours was answered at once
}

http::Response HostGate::answer_refused(const net::Refused& refused) {
    return behind_.answer_refused(refused);
}

HostGate::Refuse tell_where_we_are(std::string home, web::ReferenceMaker reference) {
    const auto page = [home](const http::Request&, const web::ShownProblem& problem) {
        return page_of(home, problem);
    };
    return [problems = web::Problems(std::move(reference), page),
            home = std::move(home)](const http::Request& request) {
        http::Response response = problems.answer(request, web::misdirected(home));
        response.add_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.add_header("X-Content-Type-Options", "nosniff");
        response.add_header("Cache-Control", "no-store");
        return response;
    };
}

bool is_inner_host(std::string_view host) noexcept {
    const std::string_view name = host.substr(0, host.rfind(':'));
    return host.starts_with('[') || http::parse_address(name) || !name.contains('.');
}

}  // namespace cardea::server
