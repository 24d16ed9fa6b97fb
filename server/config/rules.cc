// SPDX-License-Identifier: Apache-2.0
#include "server/config/rules.h"

#include "server/config/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace cardea::server {
namespace {

bool is_given(const LoadedConfig& loaded, std::string_view name) {
    return loaded.origins.contains(name);
}

/// Whether `host` is `domain` or a host below it.
bool lies_within(std::string_view host, std::string_view domain) {
    return host == domain ||
           (host.ends_with(domain) && host.substr(0, host.size() - domain.size()).ends_with('.'));
}

/// Collects mistakes about settings that were given or not.
class Findings {
 public:
    Findings(const LoadedConfig& loaded, std::vector<Mistake>& mistakes)
        : loaded_(loaded), mistakes_(mistakes) {}

    /// A mistake at the place where the setting was given.
    void add(std::string_view name, std::string_view sentence) {
        const auto origin = loaded_.origins.find(name);
        const std::string where = origin == loaded_.origins.end() ? "defaults" : origin->second;
        mistakes_.push_back(mistake_about(name, where, sentence));
    }

 private:
    const LoadedConfig& loaded_;
    std::vector<Mistake>& mistakes_;
};

void check_reach(const LoadedConfig& loaded, Findings& findings) {
    const std::string exposed = find_exposed(loaded.config.listen);
    if (!exposed.empty() && !is_given(loaded, "public_url")) {
        findings.add(
            "listen",
            fmt::format(
                "other machines reach {}: set public_url to the https address that people use", exposed
            )
        );
    }
    if (std::ranges::count(loaded.config.listen, loaded.config.admin_listen) > 0) {
        findings.add("admin_listen", "choose another port than those of listen");
    }
}

void check_secret(const LoadedConfig& loaded, Findings& findings) {
    if (!loaded.config.secret.empty() && !loaded.config.secret_file.empty()) {
        findings.add("secret_file", "set either secret or secret_file, not both");
    }
}

void check_sessions(const LoadedConfig& loaded, Findings& findings) {
    if (Result<> policy = session::check_policy(loaded.config.session); !policy) {
        const bool is_browser =
            loaded.config.session.browser_session.idle > loaded.config.session.browser_session.absolute;
        findings.add(
            is_browser ? "session.idle" : "session.remember_idle",
            "make it no longer than the absolute lifetime beside it"
        );
    }
}

void check_cookie(const LoadedConfig& loaded, Findings& findings) {
    const Config& config = loaded.config;
    if (config.cookie_domain.empty()) {
        return;
    }
    if (config.public_url.scheme() != "https" ||
        !lies_within(config.public_url.host(), config.cookie_domain)) {
        findings.add(
            "cookie.domain", "name a domain that contains the host of public_url, which must be https"
        );
    }
}

void check_passwords(const LoadedConfig& loaded, Findings& findings) {
    if (Result<> cost = password::check_cost(loaded.config.password.cost); !cost) {
        findings.add("password.memory", cost.error().context);
    }
}

void check_proxy(const LoadedConfig& loaded, Findings& findings) {
    const http::ProxyPolicy& proxy = loaded.config.proxy;
    if (proxy.trust.empty() && !proxy.header.empty()) {
        findings.add("proxy.header", "name the proxies that may set it in proxy.trust");
    }
    if (!proxy.trust.empty() && proxy.header.empty()) {
        findings.add(
            "proxy.trust", "name the one header in which they give the client's address in proxy.header"
        );
    }
}

}  // namespace

void derive_public_url(Config& config) {
    if (config.is_public_url_named) {
        return;
    }
    const Result<Endpoint> first = parse_endpoint(config.listen.front());
    if (first && first->port != 0) {
        config.public_url = *http::parse_url(fmt::format("http://localhost:{}", first->port));
    }
}

void fill_in_defaults(LoadedConfig& loaded) {
    Config& config = loaded.config;
    derive_public_url(config);
    if (!is_given(loaded, "registration")) {
        const bool is_private = config.public_url.is_loopback() && find_exposed(config.listen).empty();
        config.registration =
            is_private ? account::RegistrationMode::open : account::RegistrationMode::closed;
    }
}

void check_together(const LoadedConfig& loaded, std::vector<Mistake>& mistakes) {
    Findings findings(loaded, mistakes);
    check_reach(loaded, findings);
    check_secret(loaded, findings);
    check_sessions(loaded, findings);
    check_cookie(loaded, findings);
    check_proxy(loaded, findings);
    check_passwords(loaded, findings);
}

}  // namespace cardea::server
