// SPDX-License-Identifier: Apache-2.0
#include "server/commands/command_group.h"
#include "server/commands/commands.h"

#include <fmt/format.h>

#include <utility>

namespace cardea::server {
namespace {

ExitStatus serve(Shell& shell) {
    std::optional<LoadedConfig> loaded = shell.load();
    if (!loaded) {
        return ExitStatus::usage;
    }
    const Result<> served = shell.program().serve(std::move(loaded->config));
    return served ? ExitStatus::done : shell.fail_with(served.error());
}

/// What it decides, what it takes, and what it is when it is not given.
std::string describe(const Setting& setting, const Config& defaults) {
    return fmt::format("{}\n({}; default: {})", setting.summary, setting.values, setting.show(defaults));
}

}  // namespace

void add_setting_flags(CLI::App& command, Shell& shell) {
    const Config defaults;
    for (const Setting& setting : settings()) {
        const bool is_global = setting.name == "data";
        if (setting.kind == SettingKind::secret || is_global) {
            continue;
        }
        const bool is_list = setting.kind == SettingKind::list;
        command.add_option(to_flag(setting.name), shell.flags[setting.name], describe(setting, defaults))
            ->type_name(is_list ? "LIST" : "VALUE")
            ->expected(1, is_list ? CLI::detail::expected_max_vector_size : 1)
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
