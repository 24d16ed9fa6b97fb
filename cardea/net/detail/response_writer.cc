// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/response_writer.h"

#include <charconv>
#include <cstddef>
#include <iterator>
#include <utility>

namespace cardea::net::detail {
namespace {

/// The engine's own lines with their numbers: status, Content-Length, Connection and the empty line.
constexpr std::size_t usual_envelope_size = 160;

void append_number(std::string& out, std::size_t number) {
    char digits[20];
    const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), number);
    out.append(digits, end);
}

void append_status_line(std::string& out, http::Status status) {
    if (status == http::Status::ok) {
        out.append("HTTP/1.1 200 OK\r\n");
        return;
    }
    out.append("HTTP/1.1 ");
    append_number(out, std::to_underlying(status));
    out.append(" ").append(http::reason_phrase(status)).append("\r\n");
}

/// RFC 9110 6.4.1, 8.6: 204 has no content and no length; 304 has the length of what was not sent, which we
/// do not know here.
bool has_content(http::Status status) noexcept {
    return status != http::Status::no_content && status != http::Status::not_modified;
}

}  // namespace

std::string_view body_to_send(const http::Response& response, const Envelope& envelope) noexcept {
    const bool goes = has_content(response.status()) && envelope.method != http::Method::head;
    return goes ? response.body() : std::string_view();
}

void append_head(std::string& out, const http::Response& response, const Envelope& envelope) {
    append_status_line(out, response.status());
    out.append(response.header_lines()).append(envelope.date_line);
    if (envelope.keep_alive == KeepAlive::no) {
        out.append("Connection: close\r\n");
    } else if (envelope.minor_version == 0) {
        out.append("Connection: keep-alive\r\n");
    }
    if (has_content(response.status())) {
        out.append("Content-Length: ");
        append_number(out, response.body().size());
        out.append("\r\n");
    }
    out.append("\r\n");
}

void append_response(std::string& out, const http::Response& response, const Envelope& envelope) {
    const std::string_view body = body_to_send(response, envelope);
    out.reserve(
        out.size() + usual_envelope_size + response.header_lines().size() + envelope.date_line.size() +
        body.size()
    );
    append_head(out, response, envelope);
    out.append(body);
}

void append_refusal(std::string& out, const http::Response& refusal, std::string_view date_line) {
    Envelope envelope;
    envelope.keep_alive = KeepAlive::no;
    envelope.date_line = date_line;
    append_response(out, refusal, envelope);
}

}  // namespace cardea::net::detail
