// SPDX-License-Identifier: Apache-2.0
#include "server/commands/commands.h"
#include "server/commands/shell.h"
#include "server/config/text.h"

#include <CLI/CLI.hpp>

#include <ostream>

namespace cardea::server {
namespace {

ExitStatus check(Shell& shell) {
    if (!shell.load()) {
        return ExitStatus::usage;
    }
    shell.out() << "The configuration is good.\n";
    return ExitStatus::done;
}

ExitStatus print(Shell& shell) {
    const std::optional<LoadedConfig> loaded = shell.load();
    if (!loaded) {
        return ExitStatus::usage;
    }
    shell.out() << to_toml(*loaded);
    return ExitStatus::done;
}

ExitStatus print_reference(Shell& shell) {
    shell.out() << make_reference();
    return ExitStatus::done;
}

CLI::App* add_command(
    CLI::App& group, Shell& shell, const char* name, const char* summary, ExitStatus (*run)(Shell&)
) {
    CLI::App* command = group.add_subcommand(name, summary);
    command->callback([&shell, run] { shell.action = [&shell, run] { return run(shell); }; });
    return command;
}

}  // namespace

void add_config_commands(CLI::App& app, Shell& shell) {
    CLI::App& group = *app.add_subcommand("config", "Check and show the configuration");
    group.require_subcommand(1);
    CLI::App* checking =
        add_command(group, shell, "check", "Find every mistake in file, environment and flags", check);
    CLI::App* printing =
        add_command(group, shell, "print", "Show what is in force and where each value came from", print);
    add_setting_flags(*checking, shell);
    add_setting_flags(*printing, shell);
    add_command(
        group, shell, "reference", "Print the reference of all settings, in Markdown", print_reference
    );
}

}  // namespace cardea::server
