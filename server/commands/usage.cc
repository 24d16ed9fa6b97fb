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

/// The names of the options that may stand there, without their dashes: those make nothing near.
std::vector<std::string_view> options_of(const CLI::App& app) {
    std::vector<std::string_view> names;
    for (const CLI::App* owner = &app; owner != nullptr; owner = owner->get_parent()) {
        for (const CLI::Option* option : owner->get_options()) {
            names.insert(names.end(), option->get_lnames().begin(), option->get_lnames().end());
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

std::string unknown_option(const Understood& understood, std::string_view word) {
    constexpr std::size_t dashes = 2;
    const std::string_view name = word.substr(dashes, word.find('=') - dashes);  // its value may be a secret
    return suggest(
        fmt::format("`{}` has no option --{}", understood.name, name),
        "--",
        find_nearest(name, options_of(*understood.app)),
        understood.name
    );
}

}  // namespace

std::string explain_usage(const CLI::App& program) {
    const Understood understood = find_understood(program);
    const auto& [app, name] = understood;
    const std::vector<std::string_view> commands = commands_of(*app);
    const std::vector<std::string> left = program.remaining(true);
    if (left.empty()) {
        return commands.empty() ? std::string()
                                : fmt::format("say what to do: `{} --help` lists the commands", name);
    }
    const std::string word = make_printable(left.front());
    if (word.starts_with("--")) {
        return unknown_option(understood, word);
    }
    if (commands.empty()) {  // the word is not repeated: it may be a secret
        return fmt::format(
            "`{0}` takes fewer arguments: `{0} --help` lists them. Passwords, keys and codes are asked for, "
            "or read from standard input",
            name
        );
    }
    const auto nearest = find_nearest(word, commands);
    if (nearest.empty()) {  // no slip of the finger, so it may be a secret too
        return fmt::format("`{0}` has no such command: `{0} --help` lists them", name);
    }
    return suggest(fmt::format("there is no command `{} {}`", name, word), name + " ", nearest, name);
}

}  // namespace cardea::server
