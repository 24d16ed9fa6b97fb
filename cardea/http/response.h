// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace cardea::http {

/// The status codes that Cardea answers with (RFC 9110 section 15).
enum class Status : std::uint16_t {
    ok = 200,
    created = 201,
    no_content = 204,
    see_other = 303,
    not_modified = 304,
    bad_request = 400,
    unauthorized = 401,
    forbidden = 403,
    not_found = 404,
    method_not_allowed = 405,
    not_acceptable = 406,
    request_timeout = 408,
    conflict = 409,
    content_too_large = 413,
    uri_too_long = 414,
    unsupported_media_type = 415,
    expectation_failed = 417,
    misdirected_request = 421,
    unprocessable_content = 422,
    too_many_requests = 429,
    request_header_fields_too_large = 431,
    internal_server_error = 500,
    not_implemented = 501,
    service_unavailable = 503,
    http_version_not_supported = 505,
};

/// The reason phrase of RFC 9110, for the status line.
[[nodiscard]] std::string_view reason_phrase(Status status) noexcept;

/// One response as a value. Content-Length, Date and Connection are the engine's; everything else is set
/// here.
class Response {
 public:
    /// Owned text, text shared with a cache, or text that lives as long as the program (an embedded asset).
    using Body = std::variant<std::string, std::shared_ptr<const std::string>, std::string_view>;

    Response() = default;
    explicit Response(Status status) : status_(status) {}
    Response(Status status, std::string_view content_type, Body body);

    [[nodiscard]] Status status() const noexcept { return status_; }
    void status(Status status) noexcept { status_ = status; }

    /// Adds a line. A name that is no token or a value with CR, LF, NUL or another control character is a bug
    /// of the caller and aborts; text from outside goes through http::is_header_value first.
    void add_header(std::string_view name, std::string_view value);
    /// Replaces every line of that name, or adds it.
    void set_header(std::string_view name, std::string_view value);
    /// The first value of that name, or empty.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
    /// The header lines as they go on the wire, each ended by CRLF.
    [[nodiscard]] std::string_view header_lines() const noexcept { return lines_; }
    /// Appends lines prepared and checked once at start (the security headers of a page).
    void add_prepared_lines(std::string_view lines) { lines_.append(lines); }

    void body(std::string_view content_type, Body body);
    [[nodiscard]] std::string_view body() const noexcept;
    /// The memory of a body that goes with the response; 0 where it is shared or lasts.
    [[nodiscard]] std::size_t owned_bytes() const noexcept;

 private:
    Status status_ = Status::ok;
    std::string lines_;
    Body body_;
};

}  // namespace cardea::http
