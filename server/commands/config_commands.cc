// SPDX-License-Identifier: Apache-2.0
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/config/named_files.h"
#include "server/config/text.h"
#include "server/config/warnings.h"

#include <ostream>

namespace cardea::server {
namespace {

ExitStatus check(Shell& shell) {
    const std::optional<LoadedConfig> loaded = shell.load();
    if (!loaded) {
        return ExitStatus::usage;
    }
    if (const std::vector<Mistake> mistakes = check_files(*loaded); !mistakes.empty()) {
        shell.err() << to_text(mistakes);
        return ExitStatus::usage;
    }
    const std::vector<std::string> warnings = find_warnings(loaded->config);
    for (const std::string& warning : warnings) {
        shell.out() << "Warning: " << warning << '\n';
    }
    const char* const verdict = warnings.empty() ? "is good" : "has no mistake";
    shell.out() << "The configuration " << verdict << ".\n";
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

}  // namespace

void add_config_commands(CLI::App& app, Shell& shell) {
    const CommandGroup group =
        CommandGroup(app, shell).add_group("config", "Check and show the configuration");
    add_setting_flags(
        group.add(
            "check",
            "Find every mistake in file, environment and flags; without one, those in the files that they "
            "name",
            check
        ),
        shell
    );
    add_setting_flags(
        group.add("print", "Show what is in force and where each value came from", print), shell
    );
    group.add("reference", "Print the reference of all settings, in Markdown", print_reference);
}

}  // namespace cardea::server
