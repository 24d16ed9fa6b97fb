// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/head_parser.h"

#include "cardea/http/headers.h"

#include <cstddef>

namespace cardea::net::detail {
namespace {

/// Takes the next line, which HeadScanner saw end with CRLF.
std::string_view take_line(std::string_view& head) noexcept {
    const std::size_t end = head.find('\n');
    const std::string_view line = head.substr(0, end - 1);
    head.remove_prefix(end + 1);
    return line;
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

std::expected<unsigned, Refusal> parse_version(std::string_view text) noexcept {
    if (text == "HTTP/1.1") {
        return 1U;
    }
    if (text == "HTTP/1.0") {
        return 0U;
    }
    const bool is_other = text.size() == 8 && text.starts_with("HTTP/") && is_digit(text[5]) &&
                          text[6] == '.' && is_digit(text[7]);
    return std::unexpected(is_other ? Refusal::unsupported_version : Refusal::malformed_request_line);
}

bool is_target(std::string_view text) noexcept {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) {
            return false;
        }
    }
    return !text.empty();
}

/// RFC 9112 section 3, with exactly one space between the three parts.
std::expected<RawHead, Refusal> parse_request_line(std::string_view line) noexcept {
    const std::size_t after_method = line.find(' ');
    if (!http::is_token(line.substr(0, after_method))) {
        return std::unexpected(Refusal::malformed_method);
    }
    if (after_method == std::string_view::npos) {
        return std::unexpected(Refusal::malformed_request_line);
    }
    const std::string_view rest = line.substr(after_method + 1);
    const std::size_t after_target = rest.find(' ');
    if (!is_target(rest.substr(0, after_target))) {
        return std::unexpected(Refusal::malformed_target);
    }
    if (after_target == std::string_view::npos) {
        return std::unexpected(Refusal::malformed_request_line);
    }
    const auto version = parse_version(rest.substr(after_target + 1));
    if (!version) {
        return std::unexpected(version.error());
    }
    return RawHead{line.substr(0, after_method), rest.substr(0, after_target), *version, {}};
}

/// RFC 9112 section 5: a token, a colon right behind it, and a value without control characters.
std::expected<http::Header, Refusal> parse_header(std::string_view line) noexcept {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !http::is_token(line.substr(0, colon))) {
        return std::unexpected(Refusal::malformed_header);
    }
    const http::Header header{line.substr(0, colon), http::trim(line.substr(colon + 1))};
    if (!http::is_header_value(header.value)) {
        return std::unexpected(line.contains('\r') ? Refusal::bare_line_ending : Refusal::malformed_header);
    }
    return header;
}

}  // namespace

std::expected<RawHead, Refusal> parse_head(std::string_view head, std::vector<http::Header>& headers) {
    headers.clear();
    auto parsed = parse_request_line(take_line(head));
    if (!parsed) {
        return parsed;
    }
    for (std::string_view line = take_line(head); !line.empty(); line = take_line(head)) {
        const auto header = parse_header(line);
        if (!header) {
            return std::unexpected(header.error());
        }
        headers.push_back(*header);
    }
    parsed->headers = headers;
    return parsed;
}

}  // namespace cardea::net::detail
