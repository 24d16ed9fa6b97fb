// SPDX-License-Identifier: Apache-2.0
#include "server/commands/program.h"

#include "cardea/base/json_writer.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/usage.h"

#include <algorithm>
#include <ostream>

namespace cardea::server {
namespace {

constexpr const char* description =
    "Cardea signs people in: sessions, accounts and a JSON API from one program.\n"
    "`cardea serve` without any setting runs at http://localhost:8080.";
constexpr const char* footer =
    "`cardea help COMMAND` says what a command takes.\n"
    "Commands act on the server that runs on the same data folder; when none runs, they open the database\n"
    "themselves. Exit status: 0 done, 1 not done or something found, 2 wrong usage or configuration.";

void add_global_options(CLI::App& app, Shell& shell) {
    app.add_option(
           "--config",
           shell.config_file,
           "The configuration file (default: cardea.toml, if it is there and yours)"
    )
        ->type_name("FILE");
    app.add_option(to_flag("data"), shell.flags["data"], "The data folder (default: data)")
        ->type_name("FOLDER")
        ->expected(1);
    app.add_flag("--json", shell.as_json, "Print the result as JSON");
}

/// One value behind each option: that of a list would take the ACCOUNT or FILE behind it for its own too.
void take_one_value_each(CLI::App& app) {
    for (CLI::Option* option : app.get_options()) {
        if (option->nonpositional()) {
            option->allow_extra_args(false);
        }
    }
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        take_one_value_each(*command);
    }
}

/// `cardea help account` is `cardea account --help`. CLI11 wants the arguments backwards.
std::vector<std::string> to_parse(const std::vector<std::string>& arguments) {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    if (!reversed.empty() && reversed.back() == "help") {
        reversed.pop_back();
        reversed.insert(reversed.begin(), "--help");
    }
    return reversed;
}

/// Help and version when they were asked for; else what is wrong, and what was probably meant.
ExitStatus tell(const CLI::App& app, const CLI::ParseError& error, Streams streams) {
    const bool is_asked_for = error.get_exit_code() == 0;
    const std::string sentence =
        is_asked_for && app.remaining(true).empty() ? std::string() : explain_usage(app);
    if (sentence.empty()) {
        app.exit(error, streams.out, streams.err);
        return is_asked_for ? ExitStatus::done : ExitStatus::usage;
    }
    streams.err << "cardea: " << sentence << '\n';
    return ExitStatus::usage;
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
    app.set_version_flag("-v,--version", "cardea " CARDEA_VERSION, "Print the version");
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
    take_one_value_each(app);
    try {
        app.parse(to_parse(arguments));
    } catch (const CLI::ParseError& error) {
        return tell(app, error, streams);
    }
    return shell.action();
}

}  // namespace cardea::server
