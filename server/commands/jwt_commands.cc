// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/jose/jwt.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/input.h"
#include "server/commands/key_file.h"
#include "server/commands/time_option.h"

#include <algorithm>
#include <ostream>

namespace cardea::server {
namespace {

using jose::Accepted;
using jose::Jwk;
using jose::JwsAlgorithm;
using std::chrono::seconds;

struct Arguments {
    std::string key_file;
    std::string algorithm;  ///< empty: what the keys say
    std::string typ = "JWT";
    std::string issuer;
    std::vector<std::string> audiences;
    std::int64_t leeway = 0;
    TimeOption time;
    bool without_expiry = false;
};

/// SigningKeys or VerificationKeys for the algorithm that was named, or that each JWK names.
template <class Key>
Result<std::vector<Key>> read_keys(const Arguments& arguments) {
    const std::optional<JwsAlgorithm> named = jose::parse_jws_algorithm(arguments.algorithm);
    return server::read_keys<Key>(arguments.key_file, [&](const Jwk& jwk) -> Result<Key> {
        Result<Key> key = named ? Key::make(jwk, *named) : Key::make(jwk);
        if (!key && !named) {
            return fail(Errc::config, key.error().context + "; --alg names one");
        }
        return key;
    });
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
        claims->issued_at(arguments.time.now());
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
    shell.print(*token, [&](JsonWriter& json) { json.member("token", *token); });
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
    const auto verified = verifier.verify(token->expose(), arguments.time.now());
    if (!verified) {
        return shell.refuse(verified.error());
    }
    shell.print(to_string(verified->json()), [&](JsonWriter& json) {
        json.member("valid", true).member("alg", name(verified->algorithm()));
        json.member("kid", verified->kid()).member("claims", verified->json());
    });
    return ExitStatus::done;
}

/// One part of a token as JSON.
Result<Json> decode_part(std::string_view part) {
    const Result<Bytes> text = base64url_decode(part);
    return text ? parse_json(as_text(*text)) : Result<Json>(std::unexpected(text.error()));
}

ExitStatus decode(Shell& shell) {
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
        return shell.refuse(!header ? header.error() : claims.error());
    }
    shell.err(
    ) << "cardea: NOT VERIFIED: anybody can write this; `cardea jwt verify` tells whether it is true\n";
    shell.print_json([&](JsonWriter& json) {
        json.member("verified", false).member("header", *header).member("claims", *claims);
    });
    return ExitStatus::done;
}

void add_options(const Command<Arguments>& command) {
    const auto& [app, arguments] = command;
    app->add_option("--key", arguments->key_file, "A JWK, a JWK Set or a key in PEM")
        ->type_name("FILE")
        ->required();
    app->add_option("--alg", arguments->algorithm, "The algorithm (default: what the key says)")
        ->check(CLI::IsMember(jws_algorithm_names()));
    app->add_option("--typ", arguments->typ, "The kind of token (default: JWT)");
    app->add_option("--iss", arguments->issuer, "The issuer");
    app->add_option("--aud", arguments->audiences, "The audience, or one of several")->type_name("TEXT");
    arguments->time.add_to(*app);
    app->add_flag("--no-exp", arguments->without_expiry, "Tokens that never expire will do");
}

}  // namespace

void add_jwt_commands(CLI::App& app, Shell& shell) {
    const CommandGroup group =
        CommandGroup(app, shell).add_group("jwt", "Sign, verify and look at JSON Web Tokens");
    add_options(group.add("sign", "Sign the claims (JSON) on standard input; `iat` is added", sign));

    const Command<Arguments> verifying = group.add(
        "verify", "Verify the token on standard input and show its claims (exit 1: not valid)", verify
    );
    add_options(verifying);
    verifying.app->add_option("--leeway", verifying.options->leeway, "By how much clocks may differ")
        ->type_name("SECONDS")
        ->check(CLI::Range(0, 3600));

    group.add("decode", "Show what a token on standard input says, verifying nothing", decode);
}

}  // namespace cardea::server
