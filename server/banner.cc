// SPDX-License-Identifier: Apache-2.0
#include "server/banner.h"

#include "server/config/warnings.h"
#include "server/version.h"

#include <fmt/format.h>

#include <cstdio>
#include <tuple>

namespace cardea::server {
namespace {

/// The option that makes a command find this server's data folder; empty for the default one.
std::string data_option(const Config& config) {
    const std::string folder = config.data.string();
    if (folder == Config().data) {
        return {};
    }
    const bool is_plain = folder.find_first_of(" \t'\"\\$&;()<>|*?~`#!") == std::string::npos;
    return is_plain ? " --data " + folder : " --data '" + folder + "'";
}

std::string next_step(const Config& config, Accounts accounts) {
    switch (config.registration) {
        case account::RegistrationMode::open:
            return accounts == Accounts::none ? "Open the address and create an account."
                                              : "Open the address and sign in.";
        case account::RegistrationMode::by_invitation:
            return "Registration is by invitation. Make one with: cardea invite" + data_option(config);
        case account::RegistrationMode::closed:
            return "Registration is closed. Make an account with: cardea account add --email "
                   "you@example.com" +
                   data_option(config);
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
    const Config& config,
    const RootSecret& secret,
    const std::vector<std::string>& addresses,
    Accounts accounts
) {
    std::string text = fmt::format(
        "\n  Cardea {} is ready at {}\n  Listening on {}; data in {}\n  {}\n",
        version,
        config.public_url.origin().text(),
        fmt::join(addresses, ", "),
        config.data.string(),
        next_step(config, accounts)
    );
    add_notes(text, config, secret);
    return text + "\n";
}

void print_banner(
    const Config& config,
    const RootSecret& secret,
    const std::vector<std::string>& addresses,
    Accounts accounts
) {
    const std::string text = banner(config, secret, addresses, accounts);
    std::ignore = std::fwrite(text.data(), 1, text.size(), stdout);  // nobody may be listening
    std::ignore = std::fflush(stdout);
}

}  // namespace cardea::server
