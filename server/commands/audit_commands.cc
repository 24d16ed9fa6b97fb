// SPDX-License-Identifier: Apache-2.0
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/print.h"

#include <ostream>

namespace cardea::server {
namespace {

ExitStatus verify(Shell& shell) {
    const Result<Json> result = shell.ask("audit.verify", "{}");
    if (!result) {
        return shell.fail_with(result.error());
    }
    shell.show(*result, [](std::ostream& out, const Json& verdict) {
        if (is_valid(verdict)) {
            out << "The audit log is whole: " << member_text(verdict, "rows") << " rows.\n";
        } else {
            out << "The audit log was tampered with: " << member_text(verdict, "detail") << ".\n";
        }
    });
    return is_valid(*result) ? ExitStatus::done : ExitStatus::failed;
}

struct WhyOptions {
    std::string reference;
};

ExitStatus explain(Shell& shell, const WhyOptions& options) {
    return shell.run("why", {{"reference", options.reference}}, print_members);
}

}  // namespace

void add_audit_commands(CLI::App& app, Shell& shell) {
    const CommandGroup program(app, shell);
    program.add_group("audit", "The log of security events")
        .add("verify", "Find out whether the audit log was changed or cut", verify);
    const auto [why, options] = program.add("why", "Say what a refusal was about", explain);
    why->add_option("REFERENCE", options->reference, "The code that was shown with it: abcd-efgh-jkmn-pqrs")
        ->required();
}

}  // namespace cardea::server
