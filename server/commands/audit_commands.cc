// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/head.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/print.h"

#include <ostream>

namespace cardea::server {
namespace {

struct VerifyOptions {
    std::string head;
};

void print_verdict(std::ostream& out, const Json& verdict) {
    const std::string rows = member_text(verdict, "rows");
    if (is_valid(verdict)) {
        out << "The audit log is whole: " << rows << " rows.\nIts head is " << member_text(verdict, "head")
            << '\n';
    } else if (verdict.find("first_break") != nullptr) {
        out << "The audit log was tampered with: " << member_text(verdict, "detail") << ".\n";
    } else {
        out << member_text(verdict, "detail") << ", or by somebody else: they cannot be checked.\nThe other "
            << rows << " rows are whole. To check all, run this with the old secret behind the new one.\n";
    }
}

ExitStatus verify(Shell& shell, const VerifyOptions& options) {
    if (!options.head.empty()) {
        if (const Result<audit::Head> head = audit::parse_head(options.head); !head) {
            return shell.fail_with(
                {Errc::config, "write --head as the server's log has it: COUNT:MAC", {}, {}}
            );
        }
    }
    const Result<Json> result = shell.ask("audit.verify", to_json(Shell::Arguments{{"head", options.head}}));
    if (!result) {
        return shell.fail_with(result.error());
    }
    shell.show(*result, print_verdict);
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
    const CommandGroup audit = program.add_group("audit", "The log of security events");
    const auto [verifying, verified] = audit.add(
        "verify", "Find out whether the audit log was changed, or cut since a head of before", verify
    );
    verifying
        ->add_option(
            "--head", verified->head, "What the server logged as audit.head, or this command printed, before"
        )
        ->type_name("COUNT:MAC");
    add_audit_list_command(audit);
    const auto [why, options] = program.add("why", "Say what a refusal was about", explain);
    why->add_option("REFERENCE", options->reference, "The code that was shown with it: abcd-efgh-jkmn-pqrs")
        ->required();
}

}  // namespace cardea::server
