// SPDX-License-Identifier: Apache-2.0
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/print.h"

#include <filesystem>
#include <ostream>

namespace cardea::server {
namespace {

struct BackupOptions {
    std::string target;
};

ExitStatus back_up(Shell& shell, const BackupOptions& options) {
    // The server has a working folder of its own.
    const std::string absolute = std::filesystem::absolute(options.target).string();
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
    const bool is_whole = is_valid(*result);
    shell.show(*result, [&](std::ostream& out, const Json& verdict) {
        const Json* problems = verdict.find("problems");
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

}  // namespace

void add_store_commands(CLI::App& app, Shell& shell) {
    const CommandGroup program(app, shell);
    const auto [backing_up, options] =
        program.add("backup", "Write a consistent copy of the database while the server runs", back_up);
    backing_up->add_option("FILE", options->target, "Where to; it must not exist")->required();
    program.add("check", "Read the whole database and say what is wrong with it", check);
    program.add("migrate", "Bring the database to this version's schema (`serve` does so too)", migrate);
}

}  // namespace cardea::server
