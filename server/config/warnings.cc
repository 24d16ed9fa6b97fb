// SPDX-License-Identifier: Apache-2.0
#include "server/config/warnings.h"

#include "server/config/values.h"

#include <fmt/format.h>

namespace cardea::server {
namespace {

/// `serve` ends no TLS itself: where people use https, something in front does, and every client seems to
/// come from it.
void add_proxy(const Config& config, std::vector<std::string>& warnings) {
    if (config.public_url.scheme() == "https" && config.proxy.trust.empty()) {
        warnings.emplace_back(
            "proxy.trust: all people seem to have the address of the proxy that ends https, so that one of "
            "them can use up the sign-ins of all. Set proxy.trust to its address and proxy.header to the "
            "header in which it names the client."
        );
    }
}

void add_plain_http(const Config& config, std::vector<std::string>& warnings) {
    const std::string exposed = find_exposed(config.listen);
    if (config.public_url.scheme() != "https" && !exposed.empty()) {
        warnings.push_back(fmt::format(
            "listen: other machines reach {} by plain http, which shows every password. Listen on 127.0.0.1, "
            "or set public_url to an https address.",
            exposed
        ));
    }
}

void add_admin(const Config& config, std::vector<std::string>& warnings) {
    const std::string exposed = find_exposed({config.admin_listen});
    if (!exposed.empty()) {
        warnings.push_back(fmt::format(
            "admin_listen: whoever reaches {} reads the metrics without a password. Keep it off public "
            "networks.",
            exposed
        ));
    }
}

void add_cookie(const Config& config, std::vector<std::string>& warnings) {
    if (!config.cookie_domain.empty()) {
        warnings.push_back(fmt::format(
            "cookie.domain: every host under {} gets the session cookie, and can set one. Trust them all.",
            config.cookie_domain
        ));
    }
}

void add_limits(const Config& config, std::vector<std::string>& warnings) {
    if (!config.limits.enabled) {
        warnings.emplace_back(
            "limits.enabled: PASSWORDS CAN BE GUESSED WITHOUT LIMIT. For load tests only: set it to true."
        );
    }
}

}  // namespace

std::vector<std::string> find_warnings(const Config& config) {
    std::vector<std::string> warnings;
    add_proxy(config, warnings);
    add_plain_http(config, warnings);
    add_admin(config, warnings);
    add_cookie(config, warnings);
    add_limits(config, warnings);
    return warnings;
}

}  // namespace cardea::server
