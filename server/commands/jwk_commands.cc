// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "cardea/jose/signing_key.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/key_file.h"

#include <ostream>

namespace cardea::server {
namespace {

using jose::Jwk;

struct Arguments {
    std::string file;
    std::string algorithm;
    bool with_private = false;
};

/// As JSON.
SecretText to_text(const Jwk& key, bool with_private) {
    return with_private ? key.to_private_json() : SecretText(key.to_json());
}

ExitStatus make_new(const Shell& shell, const Arguments& arguments) {
    SystemRandom random;
    const auto algorithm = jose::parse_jws_algorithm(arguments.algorithm);
    if (!algorithm) {
        return shell.fail_with({Errc::config, "--alg: no such algorithm", {}, {}});
    }
    shell.out() << jose::generate_key(*algorithm, random).to_private_json().expose() << '\n';
    return ExitStatus::done;
}

ExitStatus show(const Shell& shell, const Arguments& arguments) {
    const Result<std::vector<Jwk>> keys = read_key_file(arguments.file);
    if (!keys) {
        return shell.fail_with(keys.error());
    }
    if (keys->size() == 1) {
        shell.out() << to_text(keys->front(), arguments.with_private).expose() << '\n';
        return ExitStatus::done;
    }
    shell.print_json([&](JsonWriter& json) {
        json.key("keys").begin_array();
        for (const Jwk& key : *keys) {
            json.raw(to_text(key, arguments.with_private).expose());
        }
        json.end_array();
    });
    return ExitStatus::done;
}

ExitStatus print_thumbprints(const Shell& shell, const Arguments& arguments) {
    const Result<std::vector<Jwk>> keys = read_key_file(arguments.file);
    if (!keys) {
        return shell.fail_with(keys.error());
    }
    std::string lines;
    for (const Jwk& key : *keys) {
        lines.append(lines.empty() ? "" : "\n").append(key.thumbprint());
    }
    shell.print(lines, [&](JsonWriter& json) {
        json.key("thumbprints").begin_array();
        for (const Jwk& key : *keys) {
            json.value(key.thumbprint());
        }
        json.end_array();
    });
    return ExitStatus::done;
}

void add_key_option(const Command<Arguments>& command) {
    command.app->add_option("--key", command.options->file, "A JWK, a JWK Set or a key in PEM")
        ->type_name("FILE")
        ->required();
}

}  // namespace

void add_jwk_commands(CLI::App& app, Shell& shell) {
    const CommandGroup group = CommandGroup(app, shell).add_group("jwk", "Make and look at JSON Web Keys");

    const auto [making, made] =
        group.add("new", "Make a key and print all of it: send it into a file", make_new);
    making->add_option("--alg", made->algorithm, "The algorithm it is for")
        ->required()
        ->check(CLI::IsMember(jws_algorithm_names()));

    const Command<Arguments> showing = group.add("show", "Show the public part of keys as JWK", show);
    add_key_option(showing);
    showing.app->add_flag("--private", showing.options->with_private, "Show the secret part too");

    add_key_option(
        group.add("thumbprint", "Show the SHA-256 thumbprints of keys (RFC 7638)", print_thumbprints)
    );
}

}  // namespace cardea::server
