// SPDX-License-Identifier: Apache-2.0
#include "server/commands/command_group.h"
#include "server/commands/commands.h"

namespace cardea::server {
namespace {

ExitStatus serve(Shell& shell) {
    const std::optional<LoadedConfig> loaded = shell.load();
    if (!loaded) {
        return ExitStatus::usage;
    }
    const Result<> served = shell.program().serve(loaded->config);
    return served ? ExitStatus::done : shell.fail_with(served.error());
}

}  // namespace

void add_setting_flags(CLI::App& command, Shell& shell) {
    for (const Setting& setting : settings()) {
        const bool is_global = setting.name == "data";
        if (setting.kind == SettingKind::secret || is_global) {
            continue;
        }
        command.add_option(to_flag(setting.name), shell.flags[setting.name], std::string(setting.summary))
            ->type_name(setting.kind == SettingKind::list ? "LIST" : "VALUE")
            ->expected(1)
            ->group("Settings");
    }
}

void add_serve_command(CLI::App& app, Shell& shell) {
    CLI::App& command =
        CommandGroup(app, shell)
            .add("serve", "Start the server; without any setting at http://localhost:8080", serve);
    command.footer(
        "Every setting also goes into cardea.toml or a CARDEA_* variable: `cardea config reference` lists "
        "them.\n"
        "The options of `cardea --help` (--config, --data) may stand here too."
    );
    add_setting_flags(command, shell);
}

}  // namespace cardea::server
