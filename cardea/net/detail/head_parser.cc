// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/head_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace cardea::net::detail {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;
using BeastView = boost::beast::string_view;

std::string_view view(BeastView text) noexcept {
    return {text.data(), text.size()};
}

/// Takes what Beast finds as it is. Bodies are BodyReader's: Beast takes chunk extensions with line feeds in
/// them (CVE-2025-55315 shows where that leads) and asserts on some that arrive byte by byte.
class Collector final : public beast_http::basic_parser<true> {
 public:
    explicit Collector(std::vector<http::Header>& headers) : headers_(headers) { headers_.clear(); }

    [[nodiscard]] RawHead head() const noexcept { return {method_, target_, minor_version_, headers_}; }

 private:
    void on_request_impl(
        beast_http::verb /*known*/, BeastView method, BeastView target, int version, error_code& /*error*/
    ) override {
        method_ = view(method);
        target_ = view(target);
        minor_version_ = static_cast<unsigned>(version % 10);
    }
    void on_field_impl(
        beast_http::field /*known*/, BeastView name, BeastView value, error_code& /*error*/
    ) override {
        headers_.push_back({view(name), view(value)});
    }
    void on_header_impl(error_code& /*error*/) override {}
    void on_finish_impl(error_code& /*error*/) override {}

    // Never reached, since only heads come here.
    void on_response_impl(int /*status*/, BeastView /*reason*/, int /*version*/, error_code& /*error*/)
        override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>& /*size*/, error_code& /*error*/) override {}
    std::size_t on_body_impl(BeastView bytes, error_code& /*error*/) override { return bytes.size(); }
    void on_chunk_header_impl(std::uint64_t /*size*/, BeastView /*extension*/, error_code& /*error*/)
        override {}
    std::size_t on_chunk_body_impl(std::uint64_t /*rest*/, BeastView bytes, error_code& /*error*/) override {
        return bytes.size();
    }

    std::string_view method_;
    std::string_view target_;
    unsigned minor_version_ = 1;
    std::vector<http::Header>& headers_;
};

/// Whether the line is well formed but for its version: `METHOD TARGET HTTP/d.d`.
bool has_other_version(std::string_view head) noexcept {
    const std::string_view line = head.substr(0, head.find('\r'));
    const std::string_view version = line.substr(line.rfind(' ') + 1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return std::ranges::count(line, ' ') == 2 && version.size() == 8 && version.starts_with("HTTP/") &&
           is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
}

Refusal to_refusal(const error_code& error, std::string_view head) noexcept {
    if (error == beast_http::error::bad_method) {
        return Refusal::malformed_method;
    }
    if (error == beast_http::error::bad_target) {
        return Refusal::malformed_target;
    }
    if (error == beast_http::error::bad_version) {
        return has_other_version(head) ? Refusal::unsupported_version : Refusal::malformed_request_line;
    }
    if (error == beast_http::error::bad_line_ending) {
        return Refusal::bare_line_ending;
    }
    if (error == beast_http::error::bad_content_length ||
        error == beast_http::error::multiple_content_length) {
        return Refusal::malformed_length;
    }
    if (error == beast_http::error::bad_transfer_encoding) {
        return Refusal::ambiguous_length;
    }
    return Refusal::malformed_header;
}

}  // namespace

std::expected<RawHead, Refusal> parse_head(std::string_view head, std::vector<http::Header>& headers) {
    Collector collector(headers);
    collector.header_limit(std::numeric_limits<std::uint32_t>::max());  // HeadScanner has looked
    collector.body_limit(boost::none);                                  // check_head will look
    error_code error;
    const std::size_t used = collector.put(boost::asio::buffer(head.data(), head.size()), error);
    if (error) {
        return std::unexpected(to_refusal(error, head));
    }
    if (used != head.size() || !collector.is_header_done()) {
        return std::unexpected(Refusal::malformed_header);  // Beast and HeadScanner saw different heads
    }
    return collector.head();
}

}  // namespace cardea::net::detail
