// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/foreign.h"

#include "cardea/base/assert.h"
#include "cardea/base/blocking.h"
#include "cardea/base/utf8.h"
#include "cardea/http/headers.h"
#include "cardea/http/target.h"
#include "cardea/net/request_rules.h"
#include "cardea/web/app.h"
#include "cardea/web/response.h"

#include <algorithm>
#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace cardea::web {
namespace {

constexpr std::string_view line_end = "\r\n";

/// Behind a head that is refused, or a message whose end is in doubt, nothing on the connection can be
/// trusted.
http::Response close_after(http::Response response) {
    response.add_header("Connection", "close");
    return response;
}

Problem problem(Errc code, std::string_view sentence) {
    Problem problem(code);
    problem.detail = sentence;
    return problem;
}

bool is_well_formed(const http::Header& header) {
    return http::is_token(header.name) && http::is_header_value(header.value);
}

bool is_content_encoding(const http::Header& header) {
    return http::equals_ignoring_case(header.name, "Content-Encoding");
}

/// A body that was left unread would be read as the next request.
bool is_whole(std::string_view body, const net::HeadVerdict& verdict) {
    switch (verdict.framing) {
        case net::Framing::sized:
            return body.size() == verdict.content_length;
        case net::Framing::chunked:
            return !body.empty();  // empty and unread look the same
        case net::Framing::none:
            return true;
    }
    std::unreachable();
}

/// What our own server asks of a message while it reads it, and that the other one has read all of it.
/// `own_host` is the public URL's.
std::expected<net::HeadVerdict, Problem> check(const ForeignRequest& foreign, std::string_view own_host) {
    if (!std::ranges::all_of(foreign.headers, is_well_formed)) {
        return std::unexpected(refused_by_engine(net::Refusal::malformed_header));
    }
    const net::RawHead head{.method = foreign.method, .target = foreign.target, .headers = foreign.headers};
    const net::AllowedHosts hosts({std::string(own_host)});
    const auto verdict = net::check_head(head, {.body_bytes = foreign.body_bytes}, hosts);
    if (!verdict) {
        return std::unexpected(refused_by_engine(verdict.error()));
    }
    if (foreign.body.size() > foreign.body_bytes) {
        return std::unexpected(refused_by_engine(net::Refusal::body_too_long));
    }
    if (std::ranges::any_of(foreign.headers, is_content_encoding)) {
        return std::unexpected(
            problem(Errc::unsupported_media_type, "This server takes no body with a Content-Encoding.")
        );
    }
    if (!is_whole(foreign.body, *verdict)) {
        return std::unexpected(
            problem(Errc::malformed, "The request has a body that was not read to its end.")
        );
    }
    return *verdict;
}

}  // namespace

std::vector<http::Header> headers_of(const http::Response& response) {
    std::vector<http::Header> headers;
    std::string_view lines = response.header_lines();
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find(line_end));
        const std::size_t colon = line.find(':');
        headers.push_back({line.substr(0, colon), http::trim(line.substr(colon + 1))});
        lines.remove_prefix(line.size() + line_end.size());
    }
    return headers;
}

http::Response App::answer_for(const ForeignRequest& foreign) {
    CARDEA_ASSERT(started_);
    const std::string_view accept = http::Request{.headers = foreign.headers}.header("Accept");
    auto verdict = check(foreign, std::string_view(origin_->text()).substr(origin_->text().find("//") + 2));
    if (!verdict) {
        return close_after(refuse_unread(verdict.error(), foreign.client_address, accept));
    }
    const Result<http::Target> target = http::parse_target(verdict->method, foreign.target, verdict->host);
    if (!target) {
        const Problem malformed = refused_by_engine(net::Refusal::malformed_target);
        return close_after(refuse_unread(malformed, foreign.client_address, accept));
    }
    const std::string host = ascii_lower(verdict->host);
    const http::Request request{
        .method = verdict->method,
        .target = target->origin_form(),
        .path = target->path(),
        .query = target->query(),
        .body = foreign.body,
        .host = host,
        .client_address = foreign.client_address,
        .headers = foreign.headers,
    };
    std::optional<http::Response> response = answer_at_once(request);
    return response ? std::move(*response) : block_on(answer(request));
}

}  // namespace cardea::web
