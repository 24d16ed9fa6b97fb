// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/print.h"
#include "server/commands/prompt.h"

#include <fmt/format.h>

#include <ostream>

namespace cardea::server {
namespace {

const std::vector<Column> account_columns{
    {"ID", "id"},
    {"STATUS", "status"},
    {"EMAIL", "email"},
    {"USER NAME", "username"},
    {"CREATED", "created_at"},
    {"NAME", "name"},
};

/// What the options of one command were given.
struct AccountOptions {
    std::string account;
    std::string email;
    std::string username;
    std::string name;
    bool without_password = false;
    bool yes = false;
};

ExitStatus add(Shell& shell, const AccountOptions& options) {
    SecretText password;
    if (!options.without_password) {
        Result<SecretText> given = shell.read_new_password();
        if (!given) {
            return shell.fail_with(given.error());
        }
        password = std::move(*given);
    }
    const Shell::Arguments arguments{
        {"email", options.email},
        {"username", options.username},
        {"name", options.name},
        {"password", password.expose()},
    };
    return shell.run("account.add", arguments, print_members, Opening::make_missing);
}

ExitStatus list(Shell& shell, const AccountOptions&) {
    Json::Array accounts;
    for (std::string after;;) {
        const Result<Json> page = shell.ask("account.list", to_json(Shell::Arguments{{"after", after}}));
        if (!page) {
            return shell.fail_with(page.error());
        }
        const Json* items = page->find("accounts");
        if (items == nullptr || items->items().empty()) {
            break;
        }
        accounts.insert(accounts.end(), items->items().begin(), items->items().end());
        after = accounts.back().find_text("id").value_or("");
    }
    Json::Object result;
    result.push_back({"accounts", Json(std::move(accounts))});
    shell.show(Json(std::move(result)), [](std::ostream& out, const Json& all) {
        print_table(out, all.find("accounts")->items(), account_columns);
    });
    return ExitStatus::done;
}

ExitStatus show(Shell& shell, const AccountOptions& options) {
    return shell.run("account.show", {{"account", options.account}}, print_members);
}

/// A change of one account, and how it is told.
struct Change {
    const char* command;
    const char* operation;
    const char* summary;
    const char* done;
};

constexpr Change disable{
    "disable",
    "account.disable",
    "Keep somebody from signing in, and end their sessions at once",
    "disabled; every session has ended",
};
constexpr Change enable{"enable", "account.enable", "Let somebody sign in again", "enabled"};
constexpr Change remove_account{
    "delete",
    "account.delete",
    "Remove an account, its sessions, and its personal data in the audit log",
    "deleted",
};

template <const Change& Wanted>
ExitStatus change_account(Shell& shell, const AccountOptions& options) {
    return shell.run(Wanted.operation, {{"account", options.account}}, [&](std::ostream& out, const Json&) {
        out << make_printable(options.account) << ": " << Wanted.done << '\n';
    });
}

ExitStatus delete_account(Shell& shell, const AccountOptions& options) {
    const std::string question =
        fmt::format("This cannot be undone. Type {} to delete it: ", make_printable(options.account));
    if (!options.yes && !confirm(shell.in(), shell.err(), question, options.account)) {
        shell.err() << "cardea: not deleted; confirm at a terminal, or give --yes\n";
        return ExitStatus::usage;
    }
    return change_account<remove_account>(shell, options);
}

ExitStatus set_password(Shell& shell, const AccountOptions& options) {
    const Result<SecretText> password = shell.read_new_password();
    if (!password) {
        return shell.fail_with(password.error());
    }
    const Shell::Arguments arguments{{"account", options.account}, {"password", password->expose()}};
    return shell.run("account.set_password", arguments, [&](std::ostream& out, const Json&) {
        out << make_printable(options.account) << ": the password is set; every session has ended\n";
    });
}

/// A command that is told which account it is about.
Command<AccountOptions> add_for_one(
    const CommandGroup& group,
    const char* name,
    const char* summary,
    ExitStatus (*run)(Shell&, const AccountOptions&)
) {
    Command<AccountOptions> command = group.add(name, summary, run);
    command.app->add_option("ACCOUNT", command.options->account, account_words)->required();
    return command;
}

}  // namespace

void add_account_commands(CLI::App& app, Shell& shell) {
    const CommandGroup group =
        CommandGroup(app, shell).add_group("account", "Add, look at, change and remove accounts");

    const auto [adding, added] = group.add(
        "add", "Add an account; the password comes from a prompt or the first line of standard input", add
    );
    adding->add_option("--email", added->email, "E-mail address");
    adding->add_option("--username", added->username, "User name; this or an e-mail address is needed");
    adding->add_option("--name", added->name, "Display name");
    adding->add_flag("--no-password", added->without_password, "Ask for none: nobody can sign in yet");

    add_import_command(group);
    add_identity_commands(group);
    group.add("list", "List all accounts", list);
    add_for_one(group, "show", "Show one account", show);
    add_for_one(group, disable.command, disable.summary, change_account<disable>);
    add_for_one(group, enable.command, enable.summary, change_account<enable>);

    const auto [deleting, deleted] =
        add_for_one(group, remove_account.command, remove_account.summary, delete_account);
    deleting->add_flag("--yes", deleted->yes, "Do not ask");

    add_for_one(
        group,
        "set-password",
        "Set a password (prompt or standard input), and end every session",
        set_password
    );
}

}  // namespace cardea::server
