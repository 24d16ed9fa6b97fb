// SPDX-License-Identifier: Apache-2.0
#include "server/commands/commands.h"
#include "server/commands/print.h"
#include "server/commands/shell.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace cardea::server {
namespace {

const std::vector<Column> session_columns{
    {"ID", "id"},
    {"TRANSPORT", "transport"},
    {"CREATED", "created_at"},
    {"LAST SEEN", "last_seen_at"},
    {"ADDRESS", "client_address"},
    {"USER AGENT", "user_agent"},
};

struct SessionOptions {
    std::string account;
    std::string session;
    bool all = false;
};

ExitStatus list(Shell& shell, const SessionOptions& options) {
    return shell
        .run("session.list", {{"account", options.account}}, [](std::ostream& out, const Json& result) {
            const Json* sessions = result.find("sessions");
            print_table(
                out, sessions != nullptr ? sessions->items() : std::span<const Json>(), session_columns
            );
        });
}

ExitStatus revoke(Shell& shell, const SessionOptions& options) {
    if (options.all == !options.session.empty()) {
        shell.err() << "cardea: name one session, or give --all\n";
        return ExitStatus::usage;
    }
    const Shell::Arguments arguments{{"account", options.account}, {"session", options.session}};
    const char* operation = options.all ? "session.revoke_all" : "session.revoke";
    return shell.run(operation, arguments, [](std::ostream& out, const Json& result) {
        out << "sessions ended: " << member_text(result, "revoked") << '\n';
    });
}

struct InvitationOptions {
    std::string email;
    std::string lifetime;
};

ExitStatus invite(Shell& shell, const InvitationOptions& options) {
    const Shell::Arguments arguments{{"email", options.email}, {"lifetime", options.lifetime}};
    return shell.run("invite", arguments, [](std::ostream& out, const Json& result) {
        out << member_text(result, "code") << '\n';
    });
}

void add_invite_command(CLI::App& app, Shell& shell) {
    auto options = std::make_shared<InvitationOptions>();
    CLI::App* command = app.add_subcommand("invite", "Make a code with which one person can register");
    command->add_option("--email", options->email, "Only this address may use it");
    command->add_option("--for", options->lifetime, "How long it is good (default: 7d)")
        ->type_name("DURATION");
    command->callback([&shell, options] {
        shell.action = [&shell, options] { return invite(shell, *options); };
    });
}

}  // namespace

void add_session_commands(CLI::App& app, Shell& shell) {
    CLI::App& group = *app.add_subcommand("session", "List and end sessions");
    group.require_subcommand(1);
    auto options = std::make_shared<SessionOptions>();

    CLI::App* listing = group.add_subcommand("list", "List the sessions of an account");
    listing->add_option("ACCOUNT", options->account, "Its id, e-mail address or user name")->required();
    listing->callback([&shell, options] {
        shell.action = [&shell, options] { return list(shell, *options); };
    });

    CLI::App* revoking =
        group.add_subcommand("revoke", "End one session of an account, or all of them, at once");
    revoking->add_option("ACCOUNT", options->account, "Its id, e-mail address or user name")->required();
    revoking->add_option("SESSION", options->session, "The id of the session");
    revoking->add_flag("--all", options->all, "Every session of the account");
    revoking->callback([&shell, options] {
        shell.action = [&shell, options] { return revoke(shell, *options); };
    });

    add_invite_command(app, shell);
}

}  // namespace cardea::server
