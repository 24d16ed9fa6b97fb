// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "cardea/jose/jwe.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/input.h"
#include "server/commands/key_file.h"

#include <optional>
#include <ostream>

namespace cardea::server {
namespace {

using jose::ContentEncryption;
using jose::Jwk;

struct Arguments {
    std::string key_file;
    std::string alg;
    std::string enc;
    jose::JweOptions jwe;
};

std::unexpected<Error> misuse(std::string sentence) {
    return fail(Errc::config, std::move(sentence));
}

/// What --enc says, or nothing.
std::optional<ContentEncryption> named_encryption(const Arguments& arguments) {
    return jose::parse_content_encryption(arguments.enc);  // CLI11 took no other
}

/// The key for the algorithm that --alg names, else for its own.
template <class Key>
Result<Key> make_key(const Jwk& jwk, const Arguments& arguments) {
    const std::string& alg = arguments.alg.empty() ? jwk.alg() : arguments.alg;
    if (alg.empty()) {
        return misuse("the key names no alg: say which with --alg");
    }
    if (alg == name(jose::JweAlgorithm::dir)) {
        const std::optional<ContentEncryption> encryption = named_encryption(arguments);
        return encryption ? Key::direct(jwk, *encryption) : Result<Key>(misuse("dir needs --enc"));
    }
    if (arguments.alg.empty()) {
        return Key::make(jwk);
    }
    const std::optional<jose::JweAlgorithm> algorithm = jose::parse_jwe_algorithm(alg);
    return algorithm ? Key::make(jwk, *algorithm)
                     : Result<Key>(misuse("--alg: there is no " + alg + " here"));
}

template <class Key>
Result<std::vector<Key>> read_keys(const Arguments& arguments) {
    return server::read_keys<Key>(arguments.key_file, [&](const Jwk& jwk) {
        return make_key<Key>(jwk, arguments);
    });
}

ExitStatus encrypt(const Shell& shell, const Arguments& arguments, std::string_view input) {
    const Result<std::vector<jose::EncryptionKey>> keys = read_keys<jose::EncryptionKey>(arguments);
    if (!keys) {
        return shell.fail_with(keys.error());
    }
    const jose::EncryptionKey& key = keys->front();
    const ContentEncryption encryption =
        key.encryption().value_or(named_encryption(arguments).value_or(ContentEncryption::a256gcm));
    SystemRandom random;
    const jose::JweEncrypter encrypter(key, encryption);
    const Result<std::string> jwe = encrypter.encrypt(as_bytes(input), random, arguments.jwe);
    if (!jwe) {
        return shell.fail_with(jwe.error());
    }
    shell.print(*jwe, [&](JsonWriter& json) { json.member("jwe", *jwe); });
    return ExitStatus::done;
}

ExitStatus decrypt(const Shell& shell, const Arguments& arguments, std::string_view input) {
    Result<std::vector<jose::DecryptionKey>> keys = read_keys<jose::DecryptionKey>(arguments);
    if (!keys) {
        return shell.fail_with(keys.error());
    }
    std::vector<ContentEncryption> accepted = jose::all_content_encryptions();
    if (const std::optional<ContentEncryption> only = named_encryption(arguments)) {
        accepted = {*only};
    }
    const jose::JweDecrypter decrypter(*std::move(keys), std::move(accepted));
    const Result<jose::OpenedJwe> opened =
        input.starts_with('{') ? decrypter.decrypt_json(input) : decrypter.decrypt(input);
    if (!opened) {
        return shell.refuse(opened.error());
    }
    if (!shell.as_json) {
        shell.out() << opened->plaintext.expose();  // what went in, with nothing behind it
        return ExitStatus::done;
    }
    shell.print_json([&](JsonWriter& json) {
        json.member("valid", true).member("header", opened->header);
        json.member("plaintext", opened->plaintext.expose());
    });
    return ExitStatus::done;
}

using Act = ExitStatus (*)(const Shell&, const Arguments&, std::string_view);

/// Lets `Perform` work with what standard input holds.
template <Act Perform>
ExitStatus with_input(const Shell& shell, const Arguments& arguments) {
    const Result<SecretText> input = read_input(shell.in());
    return input ? Perform(shell, arguments, input->expose()) : shell.fail_with(input.error());
}

void add_options(const Command<Arguments>& command) {
    const auto& [app, arguments] = command;
    std::vector<std::string> encryptions;
    for (const ContentEncryption one : jose::all_content_encryptions()) {
        encryptions.emplace_back(name(one));
    }
    app->add_option("--key", arguments->key_file, "A JWK, a JWK Set or a key in PEM")
        ->type_name("FILE")
        ->required();
    app->add_option(
        "--alg", arguments->alg, "What the key is for, as A256KW or ECDH-ES (default: its own alg)"
    );
    app->add_option("--enc", arguments->enc, "How the content is encrypted (default: A256GCM; reading: any)")
        ->check(CLI::IsMember(encryptions));
}

}  // namespace

void add_jwe_commands(CLI::App& app, Shell& shell) {
    const CommandGroup group =
        CommandGroup(app, shell).add_group("jwe", "Encrypt and decrypt with JSON Web Keys");
    const Command<Arguments> encrypting =
        group.add("encrypt", "Encrypt standard input with the first key that can", with_input<encrypt>);
    add_options(encrypting);
    encrypting.app->add_option("--cty", encrypting.options->jwe.cty, "The kind of the content, as JWT");
    add_options(group.add(
        "decrypt",
        "Decrypt standard input, compact or JSON, and print what was in it (exit 1: not valid)",
        with_input<decrypt>
    ));
}

}  // namespace cardea::server
