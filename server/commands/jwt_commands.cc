// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/jose/jwt.h"
#include "server/commands/commands.h"
#include "server/commands/input.h"
#include "server/commands/key_file.h"
#include "server/commands/print.h"
#include "server/commands/shell.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace cardea::server {
namespace {

using jose::Accepted;
using jose::Jwk;
using jose::JwsAlgorithm;
using std::chrono::seconds;

constexpr std::int64_t max_seconds = 253'402'300'799;  // the year 9999

struct Arguments {
    std::string key_file;
    std::string algorithm;  ///< empty: what the keys say
    std::string typ = "JWT";
    std::string issuer;
    std::vector<std::string> audiences;
    std::int64_t leeway = 0;
    std::optional<std::int64_t> at;
    bool without_expiry = false;

    [[nodiscard]] Time now() const { return at ? Time(seconds(*at)) : SystemClock().now(); }
};

/// A SigningKey or VerificationKey for the algorithm that was named, or that the JWK names.
template <class Key>
Result<Key> make_key(const Jwk& jwk, const std::string& algorithm) {
    const std::optional<JwsAlgorithm> named = jose::parse_jws_algorithm(algorithm);
    return named ? Key::make(jwk, *named) : Key::make(jwk);  // CLI11 took no unknown name
}

/// Every key of the file that fits. Errc::config with a sentence when there is none.
template <class Key>
Result<std::vector<Key>> read_keys(const Arguments& arguments) {
    const Result<std::vector<Jwk>> jwks = read_key_file(arguments.key_file);
    if (!jwks) {
        return std::unexpected(jwks.error());
    }
    std::vector<Key> keys;
    std::string reason;
    for (const Jwk& jwk : *jwks) {
        Result<Key> key = make_key<Key>(jwk, arguments.algorithm);
        if (key) {
            keys.push_back(std::move(*key));
        } else {
            reason = std::move(key).error().context;
        }
    }
    if (keys.empty()) {
        const std::string hint = arguments.algorithm.empty() ? "; --alg names one" : "";
        return fail(Errc::config, arguments.key_file + ": no key for this (" + reason + hint + ")");
    }
    return keys;
}

/// The claims from standard input, with what the arguments add.
Result<jose::Claims> read_claims(const Shell& shell, const Arguments& arguments) {
    const Result<SecretText> input = read_input(shell.in());
    if (!input) {
        return std::unexpected(input.error());
    }
    Result<jose::Claims> claims = jose::Claims::parse(input->expose());
    if (!claims) {
        return claims;
    }
    if (!arguments.issuer.empty()) {
        claims->issuer(arguments.issuer);
    }
    if (arguments.audiences.size() == 1) {
        claims->audience(arguments.audiences.front());
    } else if (!arguments.audiences.empty()) {
        claims->audience(arguments.audiences);
    }
    if (claims->json().find("iat") == nullptr) {
        claims->issued_at(arguments.now());
    }
    return claims;
}

ExitStatus sign(const Shell& shell, const Arguments& arguments) {
    const auto keys = read_keys<jose::SigningKey>(arguments);
    if (!keys) {
        return shell.fail_with(keys.error());
    }
    const Result<jose::Claims> claims = read_claims(shell, arguments);
    if (!claims) {
        return shell.fail_with(claims.error());
    }
    const jose::JwtOptions options{arguments.typ, !arguments.without_expiry};
    const Result<std::string> token = jose::sign_jwt(keys->front(), *claims, options);
    if (!token) {
        return shell.fail_with(token.error());
    }
    if (shell.as_json) {
        std::string json;
        JsonWriter(json).begin_object().member("token", *token).end_object();
        shell.out() << json << '\n';
    } else {
        shell.out() << *token << '\n';
    }
    return ExitStatus::done;
}

jose::JwtRules rules_for(const Arguments& arguments, const std::vector<jose::VerificationKey>& keys) {
    // What the keys say is what the operator said: the file is theirs.
    jose::JwsAlgorithms accepted = keys.front().algorithm();
    for (const jose::VerificationKey& key : keys) {
        accepted.add(key.algorithm());
    }
    return {
        .algorithms = accepted,
        .issuer = arguments.issuer.empty() ? Accepted::any() : Accepted::only(arguments.issuer),
        .audience = arguments.audiences.empty() ? Accepted::absent() : Accepted::one_of(arguments.audiences),
        .typ = arguments.typ,
        .leeway = seconds(arguments.leeway),
        .requires_expiry = !arguments.without_expiry,
    };
}

ExitStatus refuse(const Shell& shell, const Error& error) {
    if (shell.as_json) {
        std::string json;
        JsonWriter(json)
            .begin_object()
            .member("valid", false)
            .member("reason", name(error.code))
            .member("detail", error.context)
            .end_object();
        shell.out() << json << '\n';
    }
    shell.err() << "cardea: not valid: " << name(error.code) << " (" << error.context << ")\n";
    return ExitStatus::failed;
}

ExitStatus verify(const Shell& shell, const Arguments& arguments) {
    const auto keys = read_keys<jose::VerificationKey>(arguments);
    if (!keys) {
        return shell.fail_with(keys.error());
    }
    const Result<SecretText> token = read_input(shell.in());
    if (!token) {
        return shell.fail_with(token.error());
    }
    const jose::KeySet set(*keys);
    const jose::JwtVerifier verifier(set, rules_for(arguments, *keys));
    const auto verified = verifier.verify(token->expose(), arguments.now());
    if (!verified) {
        return refuse(shell, verified.error());
    }
    if (!shell.as_json) {
        shell.out() << make_printable(to_string(verified->json())) << '\n';
        return ExitStatus::done;
    }
    std::string json;
    JsonWriter writer(json);
    writer.begin_object().member("valid", true).member("alg", name(verified->algorithm()));
    writer.member("kid", verified->kid()).member("claims", verified->json()).end_object();
    shell.out() << json << '\n';
    return ExitStatus::done;
}

/// One part of a token as JSON.
Result<Json> decode_part(std::string_view part) {
    const Result<Bytes> text = base64url_decode(part);
    return text ? parse_json(as_text(*text)) : Result<Json>(std::unexpected(text.error()));
}

ExitStatus decode(const Shell& shell, const Arguments&) {
    const Result<SecretText> token = read_input(shell.in());
    if (!token) {
        return shell.fail_with(token.error());
    }
    const std::string_view text = token->expose();
    const std::size_t first = std::min(text.find('.'), text.size());
    const std::size_t second = std::min(text.find('.', first + 1), text.size());
    const Result<Json> header = decode_part(text.substr(0, first));
    const Result<Json> claims =
        decode_part(text.substr(first, second - first).substr(first < second ? 1 : 0));
    if (!header || !claims) {
        return refuse(shell, !header ? header.error() : claims.error());
    }
    shell.err(
    ) << "cardea: NOT VERIFIED: anybody can write this; `cardea jwt verify` tells whether it is true\n";
    std::string json;
    JsonWriter(json)
        .begin_object()
        .member("verified", false)
        .member("header", *header)
        .member("claims", *claims)
        .end_object();
    shell.out() << make_printable(json) << '\n';  // anybody may have written it
    return ExitStatus::done;
}

using Act = ExitStatus (*)(const Shell&, const Arguments&);

void add_options(CLI::App& command, const std::shared_ptr<Arguments>& arguments) {
    command.add_option("--key", arguments->key_file, "A JWK, a JWK Set or a key in PEM")
        ->type_name("FILE")
        ->required();
    command.add_option("--alg", arguments->algorithm, "The algorithm (default: what the key says)")
        ->check(CLI::IsMember(jws_algorithm_names()));
    command.add_option("--typ", arguments->typ, "The kind of token (default: JWT)");
    command.add_option("--iss", arguments->issuer, "The issuer");
    command.add_option("--aud", arguments->audiences, "The audience, or one of several")->type_name("TEXT");
    command.add_option("--at", arguments->at, "The time, in seconds since 1970 (default: now)")
        ->type_name("UNIX")
        ->check(CLI::Range(std::int64_t{0}, max_seconds));
    command.add_flag("--no-exp", arguments->without_expiry, "Tokens that never expire will do");
}

void add_command(CLI::App& group, Shell& shell, const char* name, const char* summary, Act act) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = group.add_subcommand(name, summary);
    if (act != decode) {
        add_options(*command, arguments);
    }
    if (act == verify) {
        command->add_option("--leeway", arguments->leeway, "By how much clocks may differ")
            ->type_name("SECONDS")
            ->check(CLI::Range(0, 3600));
    }
    command->callback([&shell, arguments, act] {
        shell.action = [&shell, arguments, act] { return act(shell, *arguments); };
    });
}

}  // namespace

void add_jwt_commands(CLI::App& app, Shell& shell) {
    CLI::App& group = *app.add_subcommand("jwt", "Sign, verify and look at JSON Web Tokens");
    group.require_subcommand(1);
    add_command(group, shell, "sign", "Sign the claims (JSON) on standard input; `iat` is added", sign);
    add_command(
        group,
        shell,
        "verify",
        "Verify the token on standard input and show its claims (exit 1: not valid)",
        verify
    );
    add_command(
        group, shell, "decode", "Show what a token on standard input says, verifying nothing", decode
    );
}

}  // namespace cardea::server
