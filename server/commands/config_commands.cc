// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/config/named_files.h"
#include "server/config/text.h"
#include "server/config/warnings.h"

#include <ostream>
#include <utility>

namespace cardea::server {
namespace {

/// What `cardea config check` has found. Nobody is warned of what has mistakes.
struct CheckResult {
    std::vector<Mistake> mistakes;
    std::vector<std::string> warnings;
};

CheckResult check_all(const Shell& shell) {
    const ConfigResult loaded = shell.read_config();
    if (!loaded) {
        return {.mistakes = loaded.error(), .warnings = {}};
    }
    std::vector<Mistake> mistakes = check_files(*loaded);
    if (!mistakes.empty()) {
        return {.mistakes = std::move(mistakes), .warnings = {}};
    }
    return {.mistakes = {}, .warnings = find_warnings(loaded->config)};
}

void write_json(JsonWriter& json, const CheckResult& found) {
    json.member("valid", found.mistakes.empty()).key("mistakes").begin_array();
    for (const auto& [where, sentence] : found.mistakes) {
        json.begin_object().member("where", where).member("sentence", sentence).end_object();
    }
    json.end_array().key("warnings").begin_array();
    for (const std::string& warning : found.warnings) {
        json.value(warning);
    }
    json.end_array();
}

void print_warnings(std::ostream& out, const std::vector<std::string>& warnings) {
    for (const std::string& warning : warnings) {
        out << "Warning: " << warning << '\n';
    }
    out << "The configuration " << (warnings.empty() ? "is good" : "has no mistake") << ".\n";
}

ExitStatus check(Shell& shell) {
    const CheckResult found = check_all(shell);
    if (shell.as_json) {
        shell.print_json([&](JsonWriter& json) { write_json(json, found); });
    }
    if (!found.mistakes.empty()) {
        shell.err() << to_text(found.mistakes);
        return ExitStatus::usage;
    }
    if (!shell.as_json) {
        print_warnings(shell.out(), found.warnings);
    }
    return ExitStatus::done;
}

ExitStatus print(Shell& shell) {
    const std::optional<LoadedConfig> loaded = shell.load();
    if (!loaded) {
        return ExitStatus::usage;
    }
    if (shell.as_json) {
        shell.print_json([&](JsonWriter& json) { write_json(json, *loaded); });
    } else {
        shell.out() << to_toml(*loaded);
    }
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
