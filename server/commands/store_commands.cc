// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "cardea/sql/restore.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/print.h"
#include "server/config/root_secret.h"
#include "server/control/records_json.h"

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
    constexpr auto print = [](std::ostream& out, const Json& result) {
        out << "Backup written to " << member_text(result, "target") << "\n"
            << "The root secret is not in it: keep a copy of that elsewhere. Without it accounts and "
               "sessions "
               "go on, but\n"
               "invitations, device cookies, references and the proof of the audit log are lost, and with "
               "password.pepper\n"
               "every password.\n";
    };
    return shell.run("backup", {{"target", absolute}}, print, Opening::database_only);
}

struct RestoreOptions {
    std::string backup;
};

/// Whether the start will ask for a root secret that is nowhere: one that cannot be used is another matter.
bool lacks_root_secret(const Config& config) {
    const Result<std::optional<RootSecret>> found = find_root_secret(config);
    return found && !*found;
}

std::string say_restored(const std::string& backup, const sql::Restored& restored, bool lacks_secret) {
    std::string text = "Restored from " + backup + ".\n";
    if (!restored.kept.empty()) {
        text += "What was there is now " + restored.kept.string() + ": remove it when all is well.\n";
    }
    text +=
        "Everything is as it was then: what was ended since, such as sessions and API keys, is good again.";
    if (lacks_secret) {
        text +=
            "\nThe root secret is missing here: put back the one that belongs to this backup before you "
            "start "
            "the server.";
    }
    return text;
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
    const bool lacks_secret = lacks_root_secret(loaded->config);
    shell.print(say_restored(options.backup, *restored, lacks_secret), [&](JsonWriter& json) {
        json.member("backup", options.backup).member("schema", restored->schema_version);
        json.member("root_secret_missing", lacks_secret).key("kept");
        restored->kept.empty() ? json.value(nullptr) : json.value(restored->kept.string());
    });
    return ExitStatus::done;
}

struct CheckOptions {
    std::string backup;
};

Result<Json> check_backup(const Shell& shell, const std::string& backup) {
    const Result<std::vector<std::string>> problems = shell.program().check_backup(backup);
    if (!problems) {
        return std::unexpected(problems.error());
    }
    return parse_json(problems_json(*problems));
}

/// What was to be checked is so damaged, or so foreign, that it cannot be read.
ExitStatus say_unreadable(const Shell& shell, const Error& error, bool is_backup) {
    const bool is_verdict = error.code == Errc::store_corrupt || error.code == Errc::invalid;
    if (is_verdict && shell.as_json) {
        shell.print_json([&](JsonWriter& json) { write_refusal(json, error); });
    }
    if (is_backup && error.code == Errc::store_corrupt) {
        shell.err() << "cardea: the backup is damaged: keep another (" << make_printable(error.context)
                    << ")\n";
        return ExitStatus::failed;
    }
    return shell.fail_with(error);
}

ExitStatus check(Shell& shell, const CheckOptions& options) {
    const bool is_backup = !options.backup.empty();
    const Result<Json> result =
        is_backup ? check_backup(shell, options.backup) : shell.ask("check", "{}", Opening::database_only);
    if (!result) {
        return say_unreadable(shell, result.error(), is_backup);
    }
    const bool is_whole = is_valid(*result);
    const std::string_view verdict = is_whole    ? "whole."
                                     : is_backup ? "damaged: keep another."
                                                 : "damaged: restore a backup.";
    shell.show(*result, [&](std::ostream& out, const Json& found) {
        const Json* problems = found.find("problems");
        for (const Json& problem : problems != nullptr ? problems->items() : std::span<const Json>()) {
            out << make_printable(problem.as_text().value_or("")) << '\n';
        }
        out << (is_backup ? "The backup is " : "The database is ") << verdict << '\n';
    });
    return is_whole ? ExitStatus::done : ExitStatus::failed;
}

ExitStatus migrate(Shell& shell) {
    constexpr auto print = [](std::ostream& out, const Json& result) {
        const std::string applied = member_text(result, "applied");
        out << "The database is at schema " << member_text(result, "version") << ": "
            << (applied == "0" ? "nothing to do" : "migrations applied: " + applied) << ".\n";
    };
    return shell.run("schema", {}, print, Opening::database_only);
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

    const auto [checking, checked] =
        program.add("check", "Read the whole database, or a backup, and say what is wrong with it", check);
    checking->add_option("FILE", checked->backup, "What `cardea backup` wrote (default: the database)");
    program.add("migrate", "Bring the database to this version's schema (`serve` does so too)", migrate);
}

}  // namespace cardea::server
