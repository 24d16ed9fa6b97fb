// SPDX-License-Identifier: Apache-2.0
#include "server/config/readers.h"

#include "cardea/crypto/keyring.h"
#include "cardea/http/headers.h"
#include "server/config/values.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace cardea::server {

Result<> read_listen(Config& config, const Texts& texts) {
    if (texts.empty()) {
        return fail(Errc::config, "name at least one address, such as 127.0.0.1:8080");
    }
    for (const std::string& text : texts) {
        if (Result<Endpoint> endpoint = parse_endpoint(text); !endpoint) {
            return propagate(endpoint);
        }
    }
    config.listen = texts;
    return {};
}

Result<> read_admin_listen(Config& config, const Texts& texts) {
    if (Result<Endpoint> endpoint = parse_endpoint(texts.front()); !endpoint && !texts.front().empty()) {
        return propagate(endpoint);
    }
    config.admin_listen = texts.front();
    return {};
}

Result<> read_public_url(Config& config, const Texts& texts) {
    Result<http::Url> url = http::parse_url(texts.front());
    if (!url || url->path() != "/" || url->query() || url->fragment()) {
        return fail(Errc::config, "write an origin without a path, such as https://login.example.com");
    }
    if (url->scheme() != "https" && !url->is_loopback()) {
        return fail(
            Errc::config, "use https:// (plain http is for localhost only, since it shows every password)"
        );
    }
    config.public_url = std::move(*url);
    return {};
}

Result<> read_data(Config& config, const Texts& texts) {
    if (texts.front().empty()) {
        return fail(Errc::config, "name the folder that holds the database");
    }
    const std::filesystem::path folder = texts.front();
    config.data = folder.has_filename() ? folder : folder.parent_path();  // without a slash at the end
    return {};
}

Result<> read_secret(Config& config, const Texts& texts) {
    if (Result<crypto::Keyring> keyring = crypto::Keyring::parse(texts.front()); !keyring) {
        return propagate(keyring);
    }
    config.secret = SecretText(texts.front());
    return {};
}

Result<> read_preset(Config& config, const Texts& texts) {
    Result<session::SessionPolicy> policy = session::find_policy_preset(texts.front());
    if (!policy) {
        return fail(Errc::config, "choose one of: default, aal1, aal2, aal3");
    }
    config.session = *policy;
    config.session_preset = texts.front();
    return {};
}

Result<> read_cookie_domain(Config& config, const Texts& texts) {
    const std::string& domain = texts.front();
    const bool is_name = std::ranges::all_of(domain, [](unsigned char c) {
        return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '-' || c == '.';
    });
    const bool has_labels = !domain.starts_with('.') && !domain.ends_with('.') && domain.contains('.');
    if (!domain.empty() && (!is_name || !has_labels)) {
        return fail(Errc::config, "write a lower-case domain without a leading dot, such as example.com");
    }
    config.cookie_domain = domain;
    return {};
}

namespace {

Result<std::vector<http::Network>> parse_networks(const Texts& texts) {
    std::vector<http::Network> networks;
    for (const std::string& text : texts) {
        const Result<http::Network> network = http::parse_network(text);
        if (!network) {
            return fail(Errc::config, "write addresses or networks, such as 127.0.0.1 or 10.0.0.0/8");
        }
        networks.push_back(*network);
    }
    return networks;
}

/// Whether a network holds more than anybody has proxies: more than fc00::/7, the widest private one.
bool is_too_wide(const http::Network& network) {
    constexpr unsigned widest_prefix = 7;
    return network.prefix_length() < widest_prefix;
}

/// Headers that browsers and programs send, and that mean something else here: with one of them, clients
/// would choose their address, or no address would ever be found.
constexpr std::array<std::string_view, 14> headers_of_clients{
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Content-Length",
    "Content-Type",
    "Cookie",
    "Host",
    "Origin",
    "Referer",
    "User-Agent",
    "X-API-Key",
    "X-Forwarded-Host",
    "X-Forwarded-Proto"
};

}  // namespace

Result<> read_proxy_trust(Config& config, const Texts& texts) {
    Result<std::vector<http::Network>> networks = parse_networks(texts);
    if (!networks) {
        return propagate(networks);
    }
    if (std::ranges::any_of(*networks, is_too_wide)) {
        return fail(Errc::config, "name your proxies: whoever is trusted here says where people come from");
    }
    config.proxy.trust = std::move(*networks);
    config.proxy_trust_texts = texts;
    return {};
}

Result<> read_fetch_networks(Config& config, const Texts& texts) {
    Result<std::vector<http::Network>> networks = parse_networks(texts);
    if (!networks) {
        return propagate(networks);
    }
    config.fetch_networks = std::move(*networks);
    config.fetch_network_texts = texts;
    return {};
}

Result<> read_proxy_header(Config& config, const Texts& texts) {
    if (!texts.front().empty() && !http::is_token(texts.front())) {
        return fail(Errc::config, "name one header, such as X-Forwarded-For or Forwarded");
    }
    if (std::ranges::any_of(headers_of_clients, [&](std::string_view name) {
            return http::equals_ignoring_case(name, texts.front());
        })) {
        return fail(
            Errc::config, "this header is the client's: name the one in which the proxy gives its address"
        );
    }
    config.proxy.header = texts.front();
    return {};
}

}  // namespace cardea::server
