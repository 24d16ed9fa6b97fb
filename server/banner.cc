// SPDX-License-Identifier: Apache-2.0
#include "server/banner.h"

#include "server/config/warnings.h"
#include "server/version.h"

#include <fmt/format.h>

#include <cstdio>

namespace cardea::server {
namespace {

std::string_view next_step(account::RegistrationMode mode) {
    switch (mode) {
        case account::RegistrationMode::open:
            return "Open the address and create an account.";
        case account::RegistrationMode::by_invitation:
            return "Registration is by invitation. Make one with: cardea invite";
        case account::RegistrationMode::closed:
            return "Registration is closed. Make an account with: cardea account add --email you@example.com";
    }
    return {};
}

void add_notes(std::string& text, const Config& config, const RootSecret& secret) {
    if (secret.made) {
        text += fmt::format(
            "  Note: made a root secret in {}. Before other people rely on this server, move it out of\n"
            "        the data folder: CARDEA_SECRET, a systemd credential, or secret_file.\n",
            secret.file.string()
        );
    }
    if (config.public_url.scheme() != "https") {
        text +=
            "  Note: plain http on localhost: cookies are sent without Secure. Set public_url to an https "
            "address.\n";
    }
    for (const std::string& warning : find_warnings(config)) {
        text += fmt::format("  Warning: {}\n", warning);
    }
}

}  // namespace

std::string banner(
    const Config& config, const RootSecret& secret, const std::vector<std::string>& addresses
) {
    std::string text = fmt::format(
        "\n  Cardea {} is ready at {}\n  Listening on {}; data in {}\n  {}\n",
        version,
        config.public_url.origin().text(),
        fmt::join(addresses, ", "),
        config.data.string(),
        next_step(config.registration)
    );
    add_notes(text, config, secret);
    return text + "\n";
}

void print_banner(const Config& config, const RootSecret& secret, const std::vector<std::string>& addresses) {
    const std::string text = banner(config, secret, addresses);
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

}  // namespace cardea::server
