// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/response.h"

#include <cstdint>
#include <string_view>

namespace cardea::net {

/// Why the engine itself refused a request: always a 4xx, and 503 where it has no room. Whatever the reason,
/// the connection is closed after the answer: where a message cannot be read in one way only, nothing behind
/// it can be trusted either.
enum class Refusal : std::uint8_t {
    // the request line
    malformed_request_line,
    malformed_method,     ///< not upper-case letters
    unsupported_method,   ///< a method that is not done here: 405
    unsupported_version,  ///< neither HTTP/1.1 nor HTTP/1.0
    malformed_target,     ///< `%2f`, dot segments, another host than Host: see http/target.h
    request_line_too_long,
    // headers
    malformed_header,
    bare_line_ending,  ///< a CR or an LF alone
    folded_header,     ///< a header continued on the next line (obs-fold)
    head_too_long,
    too_many_headers,
    repeated_header,  ///< a second Host, Content-Length, Cookie, Authorization, ...
    // Host
    missing_host,
    malformed_host,
    unknown_host,          ///< not one of the names that this server answers to: 421
    malformed_forwarding,  ///< a trusted proxy's header that names the client cannot be read
    // the body
    malformed_length,
    ambiguous_length,         ///< both Content-Length and Transfer-Encoding
    unsupported_coding,       ///< a Transfer-Encoding other than one `chunked`
    coding_before_http11,     ///< Transfer-Encoding on HTTP/1.0
    malformed_chunk,          ///< also chunk extensions and trailers, which nobody sends in good faith
    body_too_long,            ///< 413
    unsupported_expectation,  ///< an Expect other than 100-continue: 417
    // TLS
    plain_http,  ///< HTTP on a port that speaks TLS
    // time and room
    head_too_slow,
    body_too_slow,
    buffers_full,  ///< Limits::buffered_bytes are taken: 503
    too_many_connections,
};

/// How many refusals there are, for counters.
inline constexpr std::size_t refusal_count = static_cast<std::size_t>(Refusal::too_many_connections) + 1;

/// What the Allow header of a 405 says where no path is known.
inline constexpr std::string_view allowed_methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/// The status to answer with.
[[nodiscard]] http::Status status(Refusal refusal) noexcept;
/// The fixed sentence for the client. It never repeats the input.
[[nodiscard]] std::string_view sentence(Refusal refusal) noexcept;
/// The name in snake_case, for logs and metrics.
[[nodiscard]] std::string_view name(Refusal refusal) noexcept;

/// The whole answer, a problem document (RFC 9457) that nobody stores. Closing the connection behind it is
/// up to the caller.
[[nodiscard]] http::Response refusal_response(Refusal refusal);
/// The same for what only the caller refuses; `sentence` is fixed text that JSON takes as it is.
[[nodiscard]] http::Response refusal_response(http::Status status, std::string_view sentence);

}  // namespace cardea::net
