// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/foreign.h"

#include "cardea/base/assert.h"
#include "cardea/base/blocking.h"
#include "cardea/http/target.h"
#include "cardea/net/request_rules.h"
#include "cardea/web/app.h"
#include "cardea/web/response.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace cardea::web {
namespace {

constexpr std::string_view line_end = "\r\n";

/// The body is here already, in whatever size the other server takes.
constexpr net::Limits read_by_the_other{.body_bytes = std::numeric_limits<std::size_t>::max()};

/// What the engine answers to a head that it refuses.
http::Response refuse(net::Refusal refusal) {
    Response response(
        json_object(
            {{"type", "about:blank"},
             {"title", http::reason_phrase(net::status(refusal))},
             {"status", std::to_underlying(net::status(refusal))},
             {"detail", net::sentence(refusal)}}
        ),
        net::status(refusal)
    );
    response.set_header("Content-Type", "application/problem+json");
    response.add_header("Cache-Control", "no-store");
    return response;
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
    const auto verdict = net::check_head(head, read_by_the_other, own);
    if (!verdict) {
        return refuse(verdict.error());
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
