// SPDX-License-Identifier: Apache-2.0
#include "server/commands/program.h"

#include "cardea/base/json_writer.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"

#include <algorithm>
#include <ostream>

namespace cardea::server {
namespace {

constexpr const char* description =
    "Cardea signs people in: sessions, accounts and a JSON API from one program.\n"
    "`cardea serve` without any setting runs at http://localhost:8080.";
constexpr const char* footer =
    "Commands act on the server that runs on the same data folder; when none runs, they open the database\n"
    "themselves. Exit status: 0 done, 1 not done or something found, 2 wrong usage or configuration.";

void add_global_options(CLI::App& app, Shell& shell) {
    app.add_option(
           "--config", shell.config_file, "The configuration file (default: cardea.toml, if it is there)"
    )
        ->type_name("FILE");
    app.add_option(to_flag("data"), shell.flags["data"], "The data folder (default: data)")
        ->type_name("FOLDER")
        ->expected(1);
    app.add_flag("--json", shell.as_json, "Print the result as JSON");
}

ExitStatus print_version(Shell& shell) {
    shell.print("cardea " CARDEA_VERSION, [](JsonWriter& json) { json.member("version", CARDEA_VERSION); });
    return ExitStatus::done;
}

}  // namespace

ExitStatus run_program(const std::vector<std::string>& arguments, const Program& program, Streams streams) {
    Shell shell(program, streams);
    shell.config_file = find_variable(program.environment, "CARDEA_CONFIG");
    CLI::App app(description, "cardea");
    app.footer(footer);
    app.require_subcommand(1);
    app.fallthrough();  // so that --json and --data may stand behind the command
    add_global_options(app, shell);
    add_serve_command(app, shell);
    add_account_commands(app, shell);
    add_session_commands(app, shell);
    add_api_key_commands(app, shell);
    add_store_commands(app, shell);
    add_audit_commands(app, shell);
    add_config_commands(app, shell);
    add_password_commands(app, shell);
    add_cookie_commands(app, shell);
    add_jwe_commands(app, shell);
    add_jwk_commands(app, shell);
    add_jwt_commands(app, shell);
    add_totp_commands(app, shell);
    CommandGroup(app, shell).add("version", "Print the version", print_version);
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend())
        );  // CLI11 wants them backwards
    } catch (const CLI::ParseError& error) {
        return app.exit(error, streams.out, streams.err) == 0 ? ExitStatus::done : ExitStatus::usage;
    }
    return shell.action();
}

}  // namespace cardea::server
