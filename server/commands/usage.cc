// SPDX-License-Identifier: Apache-2.0
#include "server/commands/usage.h"

#include "server/commands/print.h"
#include "server/config/suggestion.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace cardea::server {
namespace {

/// The command that was understood so far, and how it is called: "cardea account".
struct Understood {
    const CLI::App* app;
    std::string name;
};

Understood find_understood(const CLI::App& program) {
    Understood found{&program, program.get_name()};
    while (!found.app->get_subcommands().empty()) {
        found.app = found.app->get_subcommands().front();
        found.name += " " + found.app->get_name();
    }
    return found;
}

std::vector<std::string_view> commands_of(const CLI::App& app) {
    std::vector<std::string_view> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    return names;
}

void add_names(const CLI::Option& option, std::vector<std::string>& names) {
    for (const std::string& name : option.get_lnames()) {
        names.push_back("--" + name);
    }
}

/// The names of the options that may stand there.
std::vector<std::string> options_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* owner = &app; owner != nullptr; owner = owner->get_parent()) {
        for (const CLI::Option* option : owner->get_options()) {
            add_names(*option, names);
        }
    }
    return names;
}

std::string suggest(
    std::string_view what, std::string_view prefix, std::string_view nearest, std::string_view help
) {
    if (nearest.empty()) {
        return fmt::format("{}; `{} --help` lists them", what, help);
    }
    return fmt::format("{}; did you mean `{}{}`?", what, prefix, nearest);
}

}  // namespace

std::string explain_usage(const CLI::App& program) {
    const auto [app, name] = find_understood(program);
    const std::vector<std::string_view> commands = commands_of(*app);
    const std::vector<std::string> left = program.remaining(true);
    if (left.empty()) {
        return commands.empty() ? std::string()
                                : fmt::format("say what to do: `{} --help` lists the commands", name);
    }
    const std::string word = make_printable(left.front());
    if (word.starts_with("--")) {
        const std::vector<std::string> options = options_of(*app);
        const std::string_view nearest = find_nearest(word, {options.begin(), options.end()});
        return suggest(fmt::format("`{}` has no option {}", name, word), "", nearest, name);
    }
    if (commands.empty()) {
        return {};
    }
    return suggest(
        fmt::format("there is no command `{} {}`", name, word), name + " ", find_nearest(word, commands), name
    );
}

}  // namespace cardea::server
