// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/foreign.h"

#include "cardea/base/assert.h"
#include "cardea/base/blocking.h"
#include "cardea/http/headers.h"
#include "cardea/http/target.h"
#include "cardea/net/request_rules.h"
#include "cardea/web/app.h"
#include "cardea/web/response.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace cardea::web {
namespace {

constexpr std::string_view line_end = "\r\n";

/// What the engine answers to a head that it refuses, or to a message whose end is in doubt: behind it
/// nothing on the connection can be trusted.
http::Response refuse(http::Status status, std::string_view detail) {
    Response response(
        json_object(
            {{"type", "about:blank"},
             {"title", http::reason_phrase(status)},
             {"status", std::to_underlying(status)},
             {"detail", detail}}
        ),
        status
    );
    response.set_header("Content-Type", "application/problem+json");
    response.add_header("Cache-Control", "no-store");
    response.add_header("Connection", "close");
    return response;
}

http::Response refuse(net::Refusal refusal) {
    return refuse(net::status(refusal), net::sentence(refusal));
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

/// Of a message whose head is fine.
std::optional<http::Response> refuse_body(const ForeignRequest& foreign, const net::HeadVerdict& verdict) {
    if (foreign.body.size() > foreign.body_bytes) {
        return refuse(net::Refusal::body_too_long);
    }
    if (std::ranges::any_of(foreign.headers, is_content_encoding)) {
        return refuse(
            http::Status::unsupported_media_type, "This server takes no body with a Content-Encoding."
        );
    }
    if (!is_whole(foreign.body, verdict)) {
        return refuse(http::Status::bad_request, "The request has a body that was not read to its end.");
    }
    return std::nullopt;
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    });
    return lower;
}

}  // namespace

std::vector<http::Header> headers_of(const http::Response& response) {
    std::vector<http::Header> headers;
    std::string_view lines = response.header_lines();
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find(line_end));
        const std::size_t colon = line.find(':');
        headers.push_back({line.substr(0, colon), line.substr(colon + 2)});
        lines.remove_prefix(line.size() + line_end.size());
    }
    return headers;
}

http::Response App::answer_for(const ForeignRequest& foreign) {
    CARDEA_ASSERT(started_);
    const net::RawHead head{.method = foreign.method, .target = foreign.target, .headers = foreign.headers};
    const net::AllowedHosts own({origin_->text().substr(origin_->text().find("//") + 2)});
    if (!std::ranges::all_of(foreign.headers, is_well_formed)) {
        return refuse(net::Refusal::malformed_header);
    }
    const auto verdict = net::check_head(head, {.body_bytes = foreign.body_bytes}, own);
    if (!verdict) {
        return refuse(verdict.error());
    }
    if (std::optional<http::Response> refused = refuse_body(foreign, *verdict)) {
        return std::move(*refused);
    }
    const Result<http::Target> target = http::parse_target(verdict->method, foreign.target);
    if (!target) {
        return refuse(net::Refusal::malformed_target);
    }
    const std::string host = lower_case(verdict->host);
    const http::Request request{
        .method = verdict->method,
        .target = foreign.target,
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
