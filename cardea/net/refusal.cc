// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/refusal.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <utility>

namespace cardea::net {

namespace {

struct Row {
    Refusal refusal;
    std::string_view name;
    http::Status status;
    std::string_view sentence;
};

using http::Status;

constexpr std::array<Row, refusal_count> rows{{
    {Refusal::malformed_request_line,
     "malformed_request_line",
     Status::bad_request,
     "The request line is malformed."},
    {Refusal::malformed_method, "malformed_method", Status::bad_request, "The request method is malformed."},
    {Refusal::unsupported_method,
     "unsupported_method",
     Status::method_not_allowed,
     "This server does not know the request method."},
    {Refusal::unsupported_version,
     "unsupported_version",
     Status::bad_request,
     "This server speaks HTTP/1.1 and HTTP/1.0."},
    {Refusal::malformed_target,
     "malformed_target",
     Status::bad_request,
     "The request target is malformed or ambiguous."},
    {Refusal::request_line_too_long,
     "request_line_too_long",
     Status::uri_too_long,
     "The request line is too long."},
    {Refusal::malformed_header, "malformed_header", Status::bad_request, "A request header is malformed."},
    {Refusal::bare_line_ending,
     "bare_line_ending",
     Status::bad_request,
     "A line of the request does not end with CR LF."},
    {Refusal::folded_header,
     "folded_header",
     Status::bad_request,
     "A request header is folded over several lines."},
    {Refusal::head_too_long,
     "head_too_long",
     Status::request_header_fields_too_large,
     "The request headers are too large."},
    {Refusal::too_many_headers,
     "too_many_headers",
     Status::request_header_fields_too_large,
     "The request has too many headers."},
    {Refusal::repeated_header,
     "repeated_header",
     Status::bad_request,
     "A request header that must be single is repeated."},
    {Refusal::missing_host, "missing_host", Status::bad_request, "The Host header is missing."},
    {Refusal::malformed_host, "malformed_host", Status::bad_request, "The Host header is malformed."},
    {Refusal::unknown_host,
     "unknown_host",
     Status::misdirected_request,
     "This server does not answer to that host name."},
    {Refusal::malformed_forwarding,
     "malformed_forwarding",
     Status::bad_request,
     "The header in which the proxy names the client is malformed."},
    {Refusal::malformed_length,
     "malformed_length",
     Status::bad_request,
     "The Content-Length header is malformed."},
    {Refusal::ambiguous_length,
     "ambiguous_length",
     Status::bad_request,
     "The request has both Content-Length and Transfer-Encoding."},
    {Refusal::unsupported_coding,
     "unsupported_coding",
     Status::bad_request,
     "The only Transfer-Encoding that this server takes is chunked."},
    {Refusal::coding_before_http11,
     "coding_before_http11",
     Status::bad_request,
     "HTTP/1.0 has no Transfer-Encoding."},
    {Refusal::malformed_chunk,
     "malformed_chunk",
     Status::bad_request,
     "The chunked body is malformed, or has chunk extensions or trailers."},
    {Refusal::body_too_long, "body_too_long", Status::content_too_large, "The request body is too large."},
    {Refusal::unsupported_expectation,
     "unsupported_expectation",
     Status::expectation_failed,
     "The only expectation that this server meets is 100-continue."},
    {Refusal::plain_http,
     "plain_http",
     Status::bad_request,
     "This port speaks TLS: begin the address with https."},
    {Refusal::head_too_slow,
     "head_too_slow",
     Status::request_timeout,
     "The request headers took too long to arrive."},
    {Refusal::body_too_slow,
     "body_too_slow",
     Status::request_timeout,
     "The request body took too long to arrive."},
    {Refusal::buffers_full,
     "buffers_full",
     Status::service_unavailable,
     "The server has no memory left for a body as long as this; try again soon."},
    {Refusal::too_many_connections,
     "too_many_connections",
     Status::service_unavailable,
     "The server has too many connections; try again soon."},
}};

consteval bool rows_are_in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (std::to_underlying(rows[i].refusal) != i) {
            return false;
        }
    }
    return true;
}
static_assert(rows_are_in_order());

const Row& row(Refusal refusal) noexcept {
    return rows[std::to_underlying(refusal)];
}

}  // namespace

Status status(Refusal refusal) noexcept {
    return row(refusal).status;
}
std::string_view sentence(Refusal refusal) noexcept {
    return row(refusal).sentence;
}
std::string_view name(Refusal refusal) noexcept {
    return row(refusal).name;
}

http::Response refusal_response(Refusal refusal) {
    http::Response response = refusal_response(status(refusal), sentence(refusal));
    if (status(refusal) == Status::service_unavailable) {
        response.add_header("Retry-After", "1");
    }
    if (refusal == Refusal::unsupported_method) {
        response.add_header("Allow", allowed_methods);
    }
    return response;
}

http::Response refusal_response(Status status, std::string_view sentence) {
    std::string body = fmt::format(
        R"({{"type":"about:blank","title":"{}","status":{},"detail":"{}"}})",
        http::reason_phrase(status),
        std::to_underlying(status),
        sentence
    );
    http::Response response(status, "application/problem+json", std::move(body));
    response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace cardea::net
