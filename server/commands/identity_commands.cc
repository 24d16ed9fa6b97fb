// SPDX-License-Identifier: Apache-2.0
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/print.h"

#include <ostream>

namespace cardea::server {
namespace {

const std::vector<Column> identity_columns{
    {"ID", "id"},
    {"ISSUER", "issuer"},
    {"SUBJECT", "subject"},
    {"CONNECTED", "linked_at"},
    {"LAST USED", "last_used_at"},
    {"LABEL", "label"},
};

struct IdentityOptions {
    std::string account;
    std::string identity;
    bool force = false;
};

ExitStatus list(Shell& shell, const IdentityOptions& options) {
    return shell
        .run("identity.list", {{"account", options.account}}, [](std::ostream& out, const Json& result) {
            const Json* identities = result.find("identities");
            print_table(
                out, identities != nullptr ? identities->items() : std::span<const Json>(), identity_columns
            );
        });
}

ExitStatus unlink(Shell& shell, const IdentityOptions& options) {
    const Shell::Arguments arguments{
        {"account", options.account},
        {"identity", options.identity},
        {"force", options.force ? "yes" : ""},
    };
    const Result<Json> result = shell.ask("identity.unlink", to_json(arguments));
    if (!result && result.error().code == Errc::conflict) {
        shell.err() << "cardea: nobody could sign in to this account any more: set a password first, or give "
                       "--force\n";
        return ExitStatus::failed;
    }
    if (!result) {
        return shell.fail_with(result.error());
    }
    shell.show(*result, [&](std::ostream& out, const Json&) {
        out << make_printable(options.identity) << ": unlinked; every session by it has ended\n";
    });
    return ExitStatus::done;
}

}  // namespace

void add_identity_commands(const CommandGroup& accounts) {
    const auto [listing, listed] =
        accounts.add("identities", "List who signs in to an account at providers", list);
    listing->add_option("ACCOUNT", listed->account, account_words)->required();

    const auto [unlinking, unlinked] = accounts.add(
        "unlink", "Unlink an identity at a provider, and end the sessions that came by it", unlink
    );
    unlinking->add_option("ACCOUNT", unlinked->account, account_words)->required();
    unlinking->add_option("IDENTITY", unlinked->identity, "The id of the identity")->required();
    unlinking->add_flag("--force", unlinked->force, "Even where nobody could sign in any more");
}

}  // namespace cardea::server
