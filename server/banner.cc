// SPDX-License-Identifier: Apache-2.0
#include "server/banner.h"

#include "cardea/log/log.h"
#include "server/config/warnings.h"
#include "server/version.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string_view>
#include <system_error>
#include <tuple>
#include <unistd.h>
#include <utility>

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

bool lies_in(const std::filesystem::path& file, const std::filesystem::path& folder) {
    std::error_code ignored;  // what cannot be looked at lies elsewhere
    return file.has_parent_path() && std::filesystem::equivalent(file.parent_path(), folder, ignored);
}

std::string secret_note(const Config& config, const RootSecret& secret) {
    constexpr std::string_view where =
        "the data folder: CARDEA_SECRET, a systemd credential, or secret_file.";
    if (secret.made) {
        return fmt::format(
            "made a root secret in {}. Before other people rely on this server, move it out of {}",
            secret.file.string(),
            where
        );
    }
    if (config.public_url.scheme() == "https" && lies_in(secret.file, config.data)) {
        return fmt::format(
            "the root secret {} lies beside what it protects, so that a copy of the folder has both. "
            "Move it out of {}",
            secret.file.string(),
            where
        );
    }
    return {};
}

/// What is not as safe as it could be, and may be meant so.
std::vector<std::string> find_notes(const Config& config, const RootSecret& secret) {
    std::vector<std::string> notes;
    if (std::string note = secret_note(config, secret); !note.empty()) {
        notes.push_back(std::move(note));
    }
    if (config.public_url.scheme() != "https") {
        notes.emplace_back(
            "plain http on localhost: cookies are sent without Secure. Set public_url to an https address."
        );
    }
    return notes;
}

std::string shown(std::string_view kind, const std::string& sentence) {
    return fmt::format("  {}: {}\n", kind, sentence);
}

/// Whether standard output is read by people: what reads a log as JSON may read that too.
bool is_for_people(const Config& config) {
    return config.log.format == log::Format::logfmt || ::isatty(STDOUT_FILENO) == 1;
}

void log_ready(const Config& config, const RootSecret& secret, const std::vector<std::string>& addresses) {
    const std::string url = config.public_url.origin().text();
    const std::string listening = fmt::format("{}", fmt::join(addresses, ", "));
    log::info("start.ready", {{"version", version}, {"public_url", url}, {"addresses", listening}});
    std::vector<std::string> warnings = find_notes(config, secret);
    std::ranges::move(find_warnings(config), std::back_inserter(warnings));
    for (const std::string& warning : warnings) {
        log::warning("start.warning", {{"what", warning}});
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
    for (const std::string& note : find_notes(config, secret)) {
        text += shown("Note", note);
    }
    for (const std::string& warning : find_warnings(config)) {
        text += shown("Warning", warning);
    }
    return text + "\n";
}

void tell_ready(
    const Config& config,
    const RootSecret& secret,
    const std::vector<std::string>& addresses,
    Accounts accounts
) {
    const bool shows_banner = is_for_people(config);
    if (!shows_banner || ::isatty(STDERR_FILENO) != 1) {  // on a terminal, the banner is enough
        log_ready(config, secret, addresses);
    }
    if (shows_banner) {
        const std::string text = banner(config, secret, addresses, accounts);
        std::ignore = std::fwrite(text.data(), 1, text.size(), stdout);  // nobody may be listening
        std::ignore = std::fflush(stdout);
    }
}

}  // namespace cardea::server
