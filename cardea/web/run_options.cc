// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/run_options.h"

#include "cardea/http/url.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cardea::web {
namespace {

constexpr const char* usual_address = "127.0.0.1:8000";
constexpr std::size_t max_workers = 128;

Result<std::size_t> parse_workers(std::string_view text) {
    std::size_t workers = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), workers);
    if (error != std::errc() || end != text.data() + text.size() || workers == 0 || workers > max_workers) {
        return fail(Errc::config, "--workers takes a number from 1 to 128");
    }
    return workers;
}

std::string_view port_of(std::string_view address) noexcept {
    const std::size_t colon = address.rfind(':');
    return colon == std::string_view::npos ? std::string_view() : address.substr(colon + 1);
}

Result<> set_proxy(http::ProxyPolicy& proxy, std::string_view flag, std::string_view value) {
    if (flag == "--proxy-header") {
        proxy.header = value;
        return {};
    }
    Result<http::Network> network = http::parse_network(value);
    if (!network) {
        return fail(Errc::config, "--proxy-trust takes an address or a network, such as 10.0.0.0/8");
    }
    proxy.trust.push_back(*network);
    return {};
}

Result<> set(RunOptions& options, std::string_view flag, std::string_view value) {
    if (flag == "--listen") {
        if (port_of(value).empty()) {
            return fail(Errc::config, "--listen takes an address and a port, such as 127.0.0.1:8000");
        }
        options.listen.emplace_back(value);
    } else if (flag == "--public-url") {
        options.public_url = value;
    } else if (flag == "--tls-cert") {
        options.tls_certificate = value;
    } else if (flag == "--tls-key") {
        options.tls_key = value;
    } else if (flag == "--proxy-trust" || flag == "--proxy-header") {
        return set_proxy(options.proxy, flag, value);
    } else if (flag == "--workers") {
        const Result<std::size_t> workers = parse_workers(value);
        if (!workers) {
            return fail(Errc::config, workers.error().context);
        }
        options.workers = *workers;
    } else {
        return fail(
            Errc::config, "there is no option " + std::string(flag) + "; --help lists those that are"
        );
    }
    return {};
}

std::string first_address(const RunOptions& options) {
    return options.listen.empty() ? usual_address : options.listen.front();
}

bool is_loopback(std::string_view address) {
    const Result<http::Url> url = http::parse_url("http://" + std::string(address));
    return url && url->is_loopback();
}

Result<RunOptions> parse_line(std::span<const std::string> arguments) {
    RunOptions options;
    for (std::size_t next = 0; next < arguments.size(); ++next) {
        const std::string& argument = arguments[next];
        if (argument == "--help") {
            options.help = true;
            continue;
        }
        if (!argument.starts_with("--")) {
            return fail(Errc::config, argument + " is no option: --help lists those that are");
        }
        const std::size_t equals = argument.find('=');
        const bool stands_alone = equals == std::string::npos;
        if (stands_alone && next + 1 == arguments.size()) {
            return fail(Errc::config, argument + " needs a value; --help says which");
        }
        const std::string_view value = stands_alone ? std::string_view(arguments[++next])
                                                    : std::string_view(argument).substr(equals + 1);
        if (Result<> taken = set(options, std::string_view(argument).substr(0, equals), value); !taken) {
            return propagate(taken);
        }
    }
    return options;
}

/// What `said` leaves open is as in `otherwise`. What belongs together comes from one of the two.
RunOptions put_before(RunOptions said, RunOptions otherwise) {
    if (!said.listen.empty()) {
        otherwise.listen = std::move(said.listen);
    }
    if (said.workers != 0) {
        otherwise.workers = said.workers;
    }
    if (!said.public_url.empty()) {
        otherwise.public_url = std::move(said.public_url);
    }
    if (!said.tls_certificate.empty() || !said.tls_key.empty()) {
        otherwise.tls_certificate = std::move(said.tls_certificate);
        otherwise.tls_key = std::move(said.tls_key);
    }
    if (!said.proxy.trust.empty() || !said.proxy.header.empty()) {
        otherwise.proxy = std::move(said.proxy);
    }
    otherwise.help = said.help;
    return otherwise;
}

}  // namespace

Result<RunOptions> parse_run_options(std::span<const std::string> arguments, RunOptions program) {
    Result<RunOptions> said = parse_line(arguments);
    if (!said) {
        return said;
    }
    RunOptions options = put_before(std::move(*said), std::move(program));
    if (options.tls_certificate.empty() != options.tls_key.empty()) {
        return fail(Errc::config, "--tls-cert and --tls-key go together");
    }
    if (options.proxy.header.empty() != options.proxy.trust.empty()) {
        return fail(Errc::config, "--proxy-trust and --proxy-header go together");
    }
    if (options.listen.empty()) {
        options.listen.emplace_back(usual_address);
    }
    return options;
}

Result<std::string> public_url_of(const RunOptions& options) {
    const std::string_view scheme = options.tls_certificate.empty() ? "http" : "https";
    if (!options.public_url.empty()) {
        return scheme == "https" && !options.public_url.starts_with("https:")
                   ? Result<std::string>(
                         fail(Errc::config, "with --tls-cert the public URL begins with https:")
                     )
                   : options.public_url;
    }
    const auto unknown = std::ranges::find_if(options.listen, [](const std::string& address) {
        return !is_loopback(address) || port_of(address) == "0";
    });
    if (unknown != options.listen.end()) {
        return fail(
            Errc::config,
            "--listen " + *unknown +
                " does not tell how browsers reach the program: add --public-url, for example --public-url "
                "https://example.com"
        );
    }
    return std::string(scheme).append("://localhost:").append(port_of(first_address(options)));
}

bool is_for_this_machine(const RunOptions& options) {
    return std::ranges::all_of(options.listen, is_loopback) && options.proxy.trust.empty();
}

std::vector<std::string> hosts_of(const RunOptions& options, std::string_view public_url) {
    const Result<http::Url> url = http::parse_url(public_url);
    std::vector<std::string> hosts;
    if (url) {
        hosts.push_back(url->authority());
    }
    if (options.public_url.empty()) {
        for (const std::string& address : options.listen) {
            hosts.push_back(address);
            hosts.push_back("localhost:" + std::string(port_of(address)));
        }
    }
    return hosts;
}

}  // namespace cardea::web
