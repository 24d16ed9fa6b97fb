// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "cardea/sql/restore.h"
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
            << "The root secret is not in it: keep a copy of that elsewhere. Without it accounts and "
               "sessions "
               "go on, but\n"
               "invitations, device cookies, references and the proof of the audit log are lost, and with "
               "password.pepper\n"
               "every password.\n";
    });
}

struct RestoreOptions {
    std::string backup;
};

std::string say_restored(const std::string& backup, const sql::Restored& restored) {
    std::string text = "Restored from " + backup + ".\n";
    if (!restored.kept.empty()) {
        text += "What was there is now " + restored.kept.string() + ": remove it when all is well.\n";
    }
    return text +
           "Everything is as it was then: what was ended since, such as sessions and API keys, is good "
           "again.";
}

/// Never through a server: the lock of the data folder refuses while one runs.
ExitStatus restore(Shell& shell, const RestoreOptions& options) {
    const std::optional<LoadedConfig> loaded = shell.load();
    if (!loaded) {
        return ExitStatus::usage;
    }
    const Result<sql::Restored> restored = shell.program().restore(loaded->config, options.backup);
    if (!restored) {
        return shell.fail_with(restored.error());
    }
    shell.print(say_restored(options.backup, *restored), [&](JsonWriter& json) {
        json.member("backup", options.backup).member("schema", restored->schema_version).key("kept");
        restored->kept.empty() ? json.value(nullptr) : json.value(restored->kept.string());
    });
    return ExitStatus::done;
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

    const auto [restoring, restored] = program.add(
        "restore",
        "Put a backup in the place of the database, while no server runs; keeps what was there",
        restore
    );
    restoring->add_option("FILE", restored->backup, "What `cardea backup` wrote")->required();

    program.add("check", "Read the whole database and say what is wrong with it", check);
    program.add("migrate", "Bring the database to this version's schema (`serve` does so too)", migrate);
}

}  // namespace cardea::server
