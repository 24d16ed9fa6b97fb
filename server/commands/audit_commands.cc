// SPDX-License-Identifier: Apache-2.0
#include "server/commands/commands.h"
#include "server/commands/print.h"
#include "server/commands/shell.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace cardea::server {
namespace {

ExitStatus verify(Shell& shell) {
    const Result<Json> result = shell.ask("audit.verify", "{}");
    if (!result) {
        return shell.fail_with(result.error());
    }
    const Json* broken = result->find("first_break");
    const bool is_whole = broken != nullptr && broken->is_null();
    shell.show(*result, [&](std::ostream& out, const Json&) {
        if (is_whole) {
            out << "The audit log is whole: " << member_text(*result, "rows") << " rows.\n";
        } else if (broken != nullptr) {
            out << "The audit log was tampered with: row " << member_text(*broken, "sequence") << " is "
                << member_text(*broken, "damage") << ".\n";
        }
    });
    return is_whole ? ExitStatus::done : ExitStatus::failed;
}

}  // namespace

void add_audit_commands(CLI::App& app, Shell& shell) {
    CLI::App& group = *app.add_subcommand("audit", "The log of security events");
    group.require_subcommand(1);
    CLI::App* verifying = group.add_subcommand("verify", "Find out whether the audit log was changed or cut");
    verifying->callback([&shell] { shell.action = [&shell] { return verify(shell); }; });

    auto reference = std::make_shared<std::string>();
    CLI::App* why = app.add_subcommand("why", "Say what a refusal was about");
    why->add_option("REFERENCE", *reference, "The code that was shown with it: abcd-efgh-jkmn-pqrs")
        ->required();
    why->callback([&shell, reference] {
        shell.action = [&shell, reference] {
            return shell.run("why", {{"reference", *reference}}, print_members);
        };
    });
}

}  // namespace cardea::server
