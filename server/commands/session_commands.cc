// SPDX-License-Identifier: Apache-2.0
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/print.h"
#include "server/commands/prompt.h"

#include <ostream>

namespace cardea::server {
namespace {

const std::vector<Column> session_columns{
    {"ID", "id"},
    {"TRANSPORT", "transport"},
    {"CREATED", "created_at"},
    {"LAST SEEN", "last_seen_at"},
    {"EXPIRES", "expires_at"},
    {"ADDRESS", "address"},
    {"DEVICE", "device"},
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
    const auto print_code_and_link = [](std::ostream& out, const Json& result) {
        out << member_text(result, "code") << '\n' << member_text(result, "link") << '\n';
    };
    return shell.run("invite", arguments, print_code_and_link, Opening::make_missing);
}

ExitStatus revoke_invitation(Shell& shell) {
    const SecretText given = read_secret_line(shell.in(), shell.err(), "Code or link: ");
    const std::string_view text = given.expose();
    const std::string_view code = text.substr(text.rfind('#') + 1);  // behind it a link has its code
    return shell.run("invitation.revoke", {{"code", code}}, [](std::ostream& out, const Json&) {
        out << "revoked: nobody can register with it any more\n";
    });
}

}  // namespace

void add_session_commands(CLI::App& app, Shell& shell) {
    const CommandGroup program(app, shell);
    const CommandGroup group = program.add_group("session", "List and end sessions");

    const auto [listing, listed] = group.add("list", "List the sessions of an account", list);
    listing->add_option("ACCOUNT", listed->account, account_words)->required();

    const auto [revoking, revoked] =
        group.add("revoke", "End one session of an account, or all of them, at once", revoke);
    revoking->add_option("ACCOUNT", revoked->account, account_words)->required();
    revoking->add_option("SESSION", revoked->session, "The id of the session");
    revoking->add_flag("--all", revoked->all, "Every session of the account");

    const auto [inviting, invited] =
        program.add("invite", "Make a code, and a link, with which one person can register", invite);
    CLI::Option* email = inviting->add_option("--email", invited->email, "Only this address may use it");
    CLI::Option* lifetime =
        inviting->add_option("--for", invited->lifetime, "How long it is good (default: 7d)")
            ->type_name("DURATION");
    CommandGroup(*inviting, shell)
        .add("revoke", "Revoke the code, or link, on standard input (or at a prompt)", revoke_invitation)
        .excludes(email)
        ->excludes(lifetime);
}

}  // namespace cardea::server
