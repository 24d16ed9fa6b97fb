// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/security_headers.h"

#include "cardea/http/address.h"

namespace cardea::web {
namespace {

constexpr std::string_view everywhere =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

constexpr std::string_view pages_only =
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n";

// Two years. Without includeSubDomains: whether the hosts below ours speak https is not ours to say.
constexpr std::string_view strict_transport = "Strict-Transport-Security: max-age=63072000\r\n";

/// A promise of https for this host binds browsers for years: it is only for names that mean the same host
/// everywhere. Any program on this machine is "localhost", another network has another "intranet", and an
/// address is none that browsers take (RFC 6797 section 8.1.1).
bool is_real_https_host(const http::Url& url) {
    const std::string& host = url.host();
    const bool has_dots = host.find('.') < host.size() - 1;
    return url.scheme() == "https" && has_dots && !url.is_loopback() && !http::parse_address(host) &&
           !host.starts_with('[');
}

std::string line(std::string_view name, std::string_view value) {
    return std::string(name).append(": ").append(value).append("\r\n");
}

}  // namespace

SecurityHeaders::SecurityHeaders(const http::Url& public_url)
    : all_(everywhere),
      page_(pages_only),
      page_policy_(line("Content-Security-Policy", page_policy)),
      data_policy_(line("Content-Security-Policy", data_policy)),
      no_store_(line("Cache-Control", "no-store")) {
    if (is_real_https_host(public_url)) {
        all_ += strict_transport;
    }
}

void SecurityHeaders::add_to(http::Response& response) const {
    const bool is_page = response.header("Content-Type").starts_with("text/html");
    if (!response.body().empty() && response.header("Content-Security-Policy").empty()) {
        response.add_prepared_lines(is_page ? page_policy_ : data_policy_);
    }
    if (response.header("Cache-Control").empty()) {
        response.add_prepared_lines(no_store_);
    }
    if (is_page) {
        response.add_prepared_lines(page_);
    }
    response.add_prepared_lines(all_);
}

}  // namespace cardea::web
