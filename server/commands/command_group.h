// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/commands/shell.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace cardea::server {

/// A command, and where its options go.
template <class Options>
struct Command {
    CLI::App* app;
    std::shared_ptr<Options> options;
};

/// Where commands are added: the program, or a group of its commands. The shell outlives it.
class CommandGroup {
 public:
    /// The program itself.
    CommandGroup(CLI::App& app, Shell& shell) noexcept : app_(app), shell_(shell) {}

    /// A new group in it, which does nothing without one of its commands.
    [[nodiscard]] CommandGroup add_group(const char* name, const char* summary) const {
        CLI::App& group = *app_.add_subcommand(name, summary);
        group.require_subcommand(1);
        return {group, shell_};
    }

    /// A command that is `run` with options of its own, where none of its own commands is given; AnyShell is
    /// Shell or const Shell.
    template <class AnyShell, class Options>
    Command<Options> add(const char* name, const char* summary, ExitStatus (*run)(AnyShell&, const Options&))
        const {
        auto options = std::make_shared<Options>();
        CLI::App* command = app_.add_subcommand(name, summary);
        command->callback([&shell = shell_, command, options, run] {
            if (!command->get_subcommands().empty()) {
                return;
            }
            shell.action = [&shell, options, run] { return run(shell, *options); };
        });
        return {command, std::move(options)};
    }

    /// A command without options.
    CLI::App& add(const char* name, const char* summary, ExitStatus (*run)(Shell&)) const {
        CLI::App& command = *app_.add_subcommand(name, summary);
        command.callback([&shell = shell_, run] { shell.action = [&shell, run] { return run(shell); }; });
        return command;
    }

 private:
    CLI::App& app_;
    Shell& shell_;
};

}  // namespace cardea::server
