// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "cardea/jose/signing_key.h"
#include "server/commands/commands.h"
#include "server/commands/key_file.h"
#include "server/commands/shell.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace cardea::server {
namespace {

using jose::Jwk;

struct Arguments {
    std::string file;
    std::string algorithm;
    bool with_private = false;
};

std::string to_text(const Jwk& key, bool with_private) {
    return with_private ? std::string(key.to_private_json().expose()) : key.to_json();
}

ExitStatus make_new(const Shell& shell, const Arguments& arguments) {
    SystemRandom random;
    const auto algorithm = jose::parse_jws_algorithm(arguments.algorithm);
    if (!algorithm) {
        return shell.fail_with({Errc::config, "--alg: no such algorithm", {}, {}});
    }
    shell.out() << to_text(jose::generate_key(*algorithm, random), true) << '\n';
    return ExitStatus::done;
}

ExitStatus show(const Shell& shell, const Arguments& arguments) {
    const Result<std::vector<Jwk>> keys = read_key_file(arguments.file);
    if (!keys) {
        return shell.fail_with(keys.error());
    }
    if (keys->size() == 1) {
        shell.out() << to_text(keys->front(), arguments.with_private) << '\n';
        return ExitStatus::done;
    }
    std::string text;
    JsonWriter json(text);
    json.begin_object().key("keys").begin_array();
    for (const Jwk& key : *keys) {
        json.raw(to_text(key, arguments.with_private));
    }
    json.end_array().end_object();
    shell.out() << text << '\n';
    return ExitStatus::done;
}

ExitStatus print_thumbprints(const Shell& shell, const Arguments& arguments) {
    const Result<std::vector<Jwk>> keys = read_key_file(arguments.file);
    if (!keys) {
        return shell.fail_with(keys.error());
    }
    std::string text;
    JsonWriter json(text);
    json.begin_object().key("thumbprints").begin_array();
    for (const Jwk& key : *keys) {
        json.value(key.thumbprint());
        if (!shell.as_json) {
            shell.out() << key.thumbprint() << '\n';
        }
    }
    json.end_array().end_object();
    if (shell.as_json) {
        shell.out() << text << '\n';
    }
    return ExitStatus::done;
}

using Act = ExitStatus (*)(const Shell&, const Arguments&);

std::pair<CLI::App*, std::shared_ptr<Arguments>> add_command(
    CLI::App& group, Shell& shell, const char* name, const char* summary, Act act
) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = group.add_subcommand(name, summary);
    command->callback([&shell, arguments, act] {
        shell.action = [&shell, arguments, act] { return act(shell, *arguments); };
    });
    return {command, arguments};
}

std::pair<CLI::App*, std::shared_ptr<Arguments>> add_command_for_file(
    CLI::App& group, Shell& shell, const char* name, const char* summary, Act act
) {
    auto added = add_command(group, shell, name, summary, act);
    added.first->add_option("--key", added.second->file, "A JWK, a JWK Set or a key in PEM")
        ->type_name("FILE")
        ->required();
    return added;
}

}  // namespace

void add_jwk_commands(CLI::App& app, Shell& shell) {
    CLI::App& group = *app.add_subcommand("jwk", "Make and look at JSON Web Keys");
    group.require_subcommand(1);

    const auto [making, made] =
        add_command(group, shell, "new", "Make a key and print all of it: send it into a file", make_new);
    making->add_option("--alg", made->algorithm, "The algorithm it is for")
        ->required()
        ->check(CLI::IsMember(jws_algorithm_names()));

    const auto [showing, shown] =
        add_command_for_file(group, shell, "show", "Show the public part of keys as JWK", show);
    showing->add_flag("--private", shown->with_private, "Show the secret part too");

    add_command_for_file(
        group, shell, "thumbprint", "Show the SHA-256 thumbprints of keys (RFC 7638)", print_thumbprints
    );
}

}  // namespace cardea::server
