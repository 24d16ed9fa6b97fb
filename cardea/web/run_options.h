// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/http/proxy.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

/// Where and how an App runs: what the program says, and its command line.
struct RunOptions {
    std::vector<std::string> listen;  ///< empty: 127.0.0.1:8000
    std::size_t workers = 0;          ///< 0: one per core
    std::string public_url;           ///< empty: localhost and the port of the first address
    std::string tls_certificate;      ///< a PEM file with the chain; empty: plain http
    std::string tls_key;
    http::ProxyPolicy proxy;  ///< empty: clients are who connects
    bool help = false;
};

/// What --help prints, a line for each option.
inline constexpr std::string_view run_help =
    "  --listen ADDRESS:PORT  where to listen, more than once for several; 127.0.0.1:8000 by default\n"
    "  --workers N            threads that serve; one per core by default\n"
    "  --public-url URL       how browsers reach the program, for example https://example.com\n"
    "  --tls-cert FILE        speak TLS, with this certificate and the chain behind it (PEM)\n"
    "  --tls-key FILE         the key of the certificate (PEM, mode 0600)\n"
    "  --proxy-trust NETWORK  whose word on the client's address counts, more than once for several\n"
    "  --proxy-header NAME    the header in which it stands, for example X-Forwarded-For\n"
    "  --help                 this text\n";

/// Reads the arguments behind the program's name: `--listen A` and `--listen=A` alike. Errc::config with a
/// sentence that says what is wrong. What they say counts before what `program` has.
[[nodiscard]] Result<RunOptions> parse_run_options(
    std::span<const std::string> arguments, RunOptions program = {}
);

/// The address that browsers use, from --public-url, or else from the first address when that is one of this
/// machine's own. Errc::config with a sentence that asks for --public-url.
[[nodiscard]] Result<std::string> public_url_of(const RunOptions& options);

/// Whether nobody but this machine reaches the program: every address is a loopback one, and no proxy stands
/// before it.
[[nodiscard]] bool is_for_this_machine(const RunOptions& options);

/// The Host values that the program answers to: the public one, and where it is at home on this machine,
/// each of that machine's names.
[[nodiscard]] std::vector<std::string> hosts_of(const RunOptions& options, std::string_view public_url);

}  // namespace cardea::web
