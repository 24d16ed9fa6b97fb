// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/response.h"

#include "cardea/base/assert.h"
#include "cardea/http/headers.h"

#include <utility>

namespace cardea::http {
namespace {

/// One allocation holds the header lines of nearly every response, cookies included.
constexpr std::size_t usual_lines_size = 512;

struct Line {
    std::size_t begin;
    std::size_t end;  // behind the CRLF
    std::string_view value;
};

/// The first line of that name at or behind `from`; begin is npos when there is none.
Line find_line(std::string_view lines, std::string_view name, std::size_t from) noexcept {
    while (from < lines.size()) {
        const std::size_t line_end = lines.find("\r\n", from);
        const std::string_view line = lines.substr(from, line_end - from);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            equals_ignoring_case(line.substr(0, name.size()), name)) {
            return {from, line_end + 2, trim(line.substr(name.size() + 1))};
        }
        from = line_end + 2;
    }
    return {std::string_view::npos, std::string_view::npos, {}};
}

}  // namespace

std::string_view reason_phrase(Status status) noexcept {
    switch (status) {
        case Status::ok:
            return "OK";
        case Status::created:
            return "Created";
        case Status::no_content:
            return "No Content";
        case Status::see_other:
            return "See Other";
        case Status::not_modified:
            return "Not Modified";
        case Status::bad_request:
            return "Bad Request";
        case Status::unauthorized:
            return "Unauthorized";
        case Status::forbidden:
            return "Forbidden";
        case Status::not_found:
            return "Not Found";
        case Status::method_not_allowed:
            return "Method Not Allowed";
        case Status::not_acceptable:
            return "Not Acceptable";
        case Status::request_timeout:
            return "Request Timeout";
        case Status::conflict:
            return "Conflict";
        case Status::content_too_large:
            return "Content Too Large";
        case Status::uri_too_long:
            return "URI Too Long";
        case Status::unsupported_media_type:
            return "Unsupported Media Type";
        case Status::expectation_failed:
            return "Expectation Failed";
        case Status::misdirected_request:
            return "Misdirected Request";
        case Status::unprocessable_content:
            return "Unprocessable Content";
        case Status::too_many_requests:
            return "Too Many Requests";
        case Status::request_header_fields_too_large:
            return "Request Header Fields Too Large";
        case Status::internal_server_error:
            return "Internal Server Error";
        case Status::not_implemented:
            return "Not Implemented";
        case Status::service_unavailable:
            return "Service Unavailable";
        case Status::http_version_not_supported:
            return "HTTP Version Not Supported";
    }
    return "";  // a status outside the enumeration; the phrase may be empty (RFC 9112 4)
}

Response::Response(Status status, std::string_view content_type, Body body) : status_(status) {
    add_header("Content-Type", content_type);
    body_ = std::move(body);
}

void Response::add_header(std::string_view name, std::string_view value) {
    CARDEA_ASSERT(is_token(name));
    CARDEA_ASSERT(is_header_value(value));
    if (lines_.empty()) {
        lines_.reserve(usual_lines_size);
    }
    lines_.append(name).append(": ").append(value).append("\r\n");
}

void Response::set_header(std::string_view name, std::string_view value) {
    Line line = find_line(lines_, name, 0);
    while (line.begin != std::string::npos) {
        lines_.erase(line.begin, line.end - line.begin);
        line = find_line(lines_, name, line.begin);
    }
    add_header(name, value);
}

std::string_view Response::header(std::string_view name) const noexcept {
    return find_line(lines_, name, 0).value;
}

void Response::body(std::string_view content_type, Body body) {
    set_header("Content-Type", content_type);
    body_ = std::move(body);
}

std::string_view Response::body() const noexcept {
    if (const auto* owned = std::get_if<std::string>(&body_)) {
        return *owned;
    }
    if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body_)) {
        return *shared ? std::string_view(**shared) : std::string_view();
    }
    return std::get<std::string_view>(body_);
}

std::size_t Response::owned_bytes() const noexcept {
    const auto* const text = std::get_if<std::string>(&body_);
    return text == nullptr ? 0 : text->capacity();
}

}  // namespace cardea::http
