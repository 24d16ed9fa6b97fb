// SPDX-License-Identifier: Apache-2.0
#include "server/commands/commands.h"
#include "server/commands/print.h"
#include "server/commands/shell.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <ostream>

namespace cardea::server {
namespace {

ExitStatus back_up(Shell& shell, const std::string& target) {
    // The server has a working folder of its own.
    const std::string absolute = std::filesystem::absolute(target).string();
    return shell.run("backup", {{"target", absolute}}, [](std::ostream& out, const Json& result) {
        out << "Backup written to " << member_text(result, "target") << "\n"
            << "The root secret is not in it. Keep a copy of that elsewhere: without it, the backup signs "
               "nobody in.\n";
    });
}

ExitStatus check(Shell& shell) {
    const Result<Json> result = shell.ask("check", "{}");
    if (!result) {
        return shell.fail_with(result.error());
    }
    const Json* problems = result->find("problems");
    const bool is_whole = problems != nullptr && problems->items().empty();
    shell.show(*result, [&](std::ostream& out, const Json&) {
        for (const Json& problem : problems != nullptr ? problems->items() : std::span<const Json>()) {
            out << make_printable(problem.as_text().value_or("")) << '\n';
        }
        out << (is_whole ? "The database is whole.\n" : "The database is damaged: restore a backup.\n");
    });
    return is_whole ? ExitStatus::done : ExitStatus::failed;
}

ExitStatus migrate(Shell& shell) {
    return shell.run("schema", {}, [](std::ostream& out, const Json& result) {
        out << "schema " << member_text(result, "version")
            << ", migrations applied: " << member_text(result, "applied") << '\n';
    });
}

void add_command(
    CLI::App& app, Shell& shell, const char* name, const char* summary, ExitStatus (*run)(Shell&)
) {
    CLI::App* command = app.add_subcommand(name, summary);
    command->callback([&shell, run] { shell.action = [&shell, run] { return run(shell); }; });
}

}  // namespace

void add_store_commands(CLI::App& app, Shell& shell) {
    auto target = std::make_shared<std::string>();
    CLI::App* command =
        app.add_subcommand("backup", "Write a consistent copy of the database while the server runs");
    command->add_option("FILE", *target, "Where to; it must not exist")->required();
    command->callback([&shell, target] {
        shell.action = [&shell, target] { return back_up(shell, *target); };
    });
    add_command(app, shell, "check", "Read the whole database and say what is wrong with it", check);
    add_command(
        app, shell, "migrate", "Bring the database to this version's schema (`serve` does so too)", migrate
    );
}

}  // namespace cardea::server
