// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "cardea/jose/jwe.h"
#include "server/commands/commands.h"
#include "server/commands/input.h"
#include "server/commands/key_file.h"
#include "server/commands/shell.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
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
    jose::JweOptions options;
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

/// The keys of the file that can do it. Errc::config when there is none.
template <class Key>
Result<std::vector<Key>> read_keys(const Arguments& arguments) {
    const Result<std::vector<Jwk>> jwks = read_key_file(arguments.key_file);
    if (!jwks) {
        return std::unexpected(jwks.error());
    }
    std::vector<Key> keys;
    std::string reason;
    for (const Jwk& jwk : *jwks) {
        Result<Key> key = make_key<Key>(jwk, arguments);
        if (key) {
            keys.push_back(*std::move(key));
        } else if (reason.empty()) {
            reason = key.error().context;
        }
    }
    if (keys.empty()) {
        return misuse(arguments.key_file + ": " + reason);
    }
    return keys;
}

void print_text(const Shell& shell, std::string_view member, std::string_view text) {
    if (!shell.as_json) {
        shell.out() << text << '\n';
        return;
    }
    std::string json;
    JsonWriter(json).begin_object().member(member, text).end_object();
    shell.out() << json << '\n';
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
    const Result<std::string> jwe = encrypter.encrypt(as_bytes(input), random, arguments.options);
    if (!jwe) {
        return shell.fail_with(jwe.error());
    }
    print_text(shell, "jwe", *jwe);
    return ExitStatus::done;
}

/// As bytes: what comes out is what went in, with nothing behind it.
void print_opened(const Shell& shell, const jose::OpenedJwe& opened) {
    if (!shell.as_json) {
        shell.out() << opened.plaintext.expose();
        return;
    }
    std::string json;
    JsonWriter(json)
        .begin_object()
        .member("valid", true)
        .member("header", opened.header)
        .member("plaintext", opened.plaintext.expose())
        .end_object();
    shell.out() << json << '\n';
    wipe(json.data(), json.size());
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
        if (shell.as_json) {
            shell.out() << R"({"valid":false,"reason":")" << name(opened.error().code) << "\"}\n";
        }
        return shell.fail_with(opened.error());
    }
    print_opened(shell, *opened);
    return ExitStatus::done;
}

using Act = ExitStatus (*)(const Shell&, const Arguments&, std::string_view);

void add_options(CLI::App& command, Arguments& arguments) {
    std::vector<std::string> encryptions;
    for (const ContentEncryption one : jose::all_content_encryptions()) {
        encryptions.emplace_back(name(one));
    }
    command.add_option("--key", arguments.key_file, "A JWK, a JWK Set or a key in PEM")
        ->type_name("FILE")
        ->required();
    command.add_option(
        "--alg", arguments.alg, "What the key is for, as A256KW or ECDH-ES (default: its own alg)"
    );
    command
        .add_option("--enc", arguments.enc, "How the content is encrypted (default: A256GCM; reading: any)")
        ->check(CLI::IsMember(encryptions));
}

void set_action(CLI::App& command, Shell& shell, std::shared_ptr<Arguments> arguments, Act act) {
    command.callback([&shell, arguments = std::move(arguments), act] {
        shell.action = [&shell, arguments, act] {
            const Result<SecretText> input = read_input(shell.in());
            return input ? act(shell, *arguments, input->expose()) : shell.fail_with(input.error());
        };
    });
}

}  // namespace

void add_jwe_commands(CLI::App& app, Shell& shell) {
    CLI::App& group = *app.add_subcommand("jwe", "Encrypt and decrypt with JSON Web Keys");
    group.require_subcommand(1);

    auto writing = std::make_shared<Arguments>();
    CLI::App& encrypting =
        *group.add_subcommand("encrypt", "Encrypt standard input with the first key that can");
    add_options(encrypting, *writing);
    encrypting.add_option("--cty", writing->options.cty, "The kind of the content, as JWT");
    set_action(encrypting, shell, writing, encrypt);

    auto reading = std::make_shared<Arguments>();
    CLI::App& decrypting = *group.add_subcommand(
        "decrypt", "Decrypt standard input, compact or JSON, and print what was in it (exit 1: not valid)"
    );
    add_options(decrypting, *reading);
    set_action(decrypting, shell, reading, decrypt);
}

}  // namespace cardea::server
