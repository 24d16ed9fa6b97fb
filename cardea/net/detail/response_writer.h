// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/request.h"
#include "cardea/http/response.h"
#include "cardea/net/request_rules.h"

#include <string>
#include <string_view>

namespace cardea::net::detail {

/// What the engine adds to a response.
struct Envelope {
    http::Method method = http::Method::get;  ///< of the request: HEAD gets no body
    unsigned minor_version = 1;               ///< of the request
    KeepAlive keep_alive = KeepAlive::yes;
    std::string_view date_line;  ///< with its CRLF
};

/// The body that goes out: none for HEAD, 204 and 304.
[[nodiscard]] std::string_view body_to_send(
    const http::Response& response, const Envelope& envelope
) noexcept;

/// Appends status line and header lines, with the empty line behind them.
void append_head(std::string& out, const http::Response& response, const Envelope& envelope);
/// Appends the response as it goes on the wire.
void append_response(std::string& out, const http::Response& response, const Envelope& envelope);

/// Appends the answer to a request that the engine refused; the connection closes behind it.
void append_refusal(std::string& out, const http::Response& refusal, std::string_view date_line);

}  // namespace cardea::net::detail
