// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/key.h"
#include "cardea/base/hex.h"
#include "cardea/base/json_writer.h"
#include "cardea/base/random.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/input.h"
#include "server/commands/print.h"

#include <ostream>

namespace cardea::server {
namespace {

using apikey::ApiKey;

const std::vector<Column> api_key_columns{
    {"ID", "id"},
    {"KEY", "hint"},
    {"CREATED", "created_at"},
    {"LAST USED", "last_used_at"},
    {"EXPIRES", "expires_at"},
    {"SCOPES", "scopes_text"},
    {"NAME", "name"},
};

struct ApiKeyArguments {
    std::string account;
    std::string name;
    std::vector<std::string> scopes;
    std::string expires;
    std::string prefix;
    std::string key;
    bool all = false;
    bool offline = false;
};

/// The scopes of a key as they are written in OAuth: one text.
std::string scopes_text(const Json& key) {
    std::string text;
    const Json* scopes = key.find("scopes");
    for (const Json& scope : scopes != nullptr ? scopes->items() : std::span<const Json>()) {
        text.append(text.empty() ? "" : " ").append(scope.as_text().value_or(""));
    }
    return text.empty() ? "-" : text;
}

/// For the table: the same object with its scopes as one text.
Json with_scopes_text(const Json& key) {
    Json::Object members(key.members().begin(), key.members().end());
    members.push_back({"scopes_text", Json(scopes_text(key))});
    return Json(std::move(members));
}

/// A key that no store knows: for programs that keep the hashes themselves.
ExitStatus make_loose_key(Shell& shell, const ApiKeyArguments& arguments) {
    Result<apikey::ApiKeyPrefix> prefix = apikey::ApiKeyPrefix::parse(arguments.prefix);
    if (!prefix) {
        return shell.fail_with(Error{Errc::config, "--prefix: " + prefix.error().context, {}, {}});
    }
    SystemRandom random;
    const ApiKey key = ApiKey::make(*prefix, random);
    const SecretText text = key.text();
    const std::string hash = hex_encode(key.hash());
    shell.print(text.expose(), [&](JsonWriter& json) {
        json.member("key", text.expose()).member("sha256", hash);
    });
    if (!shell.as_json) {
        shell.err() << "SHA-256, to be stored in its place: " << hash << '\n';
    }
    return ExitStatus::done;
}

std::string new_key_arguments(const ApiKeyArguments& arguments) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().member("account", arguments.account).member("name", arguments.name);
    json.member("lifetime", arguments.expires).key("scopes").begin_array();
    for (const std::string& scope : arguments.scopes) {
        json.value(scope);
    }
    json.end_array().end_object();
    return text;
}

ExitStatus make_key(Shell& shell, const ApiKeyArguments& arguments) {
    if (arguments.account.empty()) {
        return make_loose_key(shell, arguments);
    }
    if (arguments.name.empty()) {
        shell.err() << "cardea: give the key a --name\n";
        return ExitStatus::usage;
    }
    const Result<Json> result = shell.ask("api_key.issue", new_key_arguments(arguments));
    if (!result) {
        return shell.fail_with(result.error());
    }
    shell.show(*result, [&](std::ostream& out, const Json& issued) {
        out << issued.find_text("key").value_or("") << '\n';  // no copies
        shell.err() << "This is shown once. Keep it like a password.\n";
    });
    return ExitStatus::done;
}

ExitStatus list_keys(Shell& shell, const ApiKeyArguments& arguments) {
    return shell
        .run("api_key.list", {{"account", arguments.account}}, [](std::ostream& out, const Json& result) {
            const Json* keys = result.find("api_keys");
            Json::Array rows;
            for (const Json& key : keys != nullptr ? keys->items() : std::span<const Json>()) {
                rows.push_back(with_scopes_text(key));
            }
            print_table(out, rows, api_key_columns);
        });
}

ExitStatus revoke_keys(Shell& shell, const ApiKeyArguments& arguments) {
    if (arguments.all == !arguments.key.empty()) {
        shell.err() << "cardea: name one key by its id, or give --all\n";
        return ExitStatus::usage;
    }
    const Shell::Arguments sent{{"account", arguments.account}, {"key", arguments.key}};
    const char* operation = arguments.all ? "api_key.revoke_all" : "api_key.revoke";
    return shell.run(operation, sent, [](std::ostream& out, const Json& result) {
        out << "API keys revoked: " << member_text(result, "revoked") << '\n';
    });
}

void print_finding(std::ostream& out, const Json& finding) {
    out << (is_valid(finding) ? "valid" : "not valid: " + member_text(finding, "detail")) << '\n';
    for (const char* part : {"account", "api_key"}) {
        if (const Json* found = finding.find(part)) {
            print_members(out, *found);
        }
    }
}

/// Asks the server about a key whose form is right. The key itself goes nowhere.
ExitStatus check_with_server(Shell& shell, const ApiKey& key) {
    const std::string hash = hex_encode(key.hash());
    const Result<Json> finding = shell.ask("api_key.check", to_json(Shell::Arguments{{"sha256", hash}}));
    if (!finding && finding.error().code == Errc::not_found) {
        return shell.refuse({Errc::api_key_unknown, "it was never made here, or was revoked", {}, {}});
    }
    if (!finding) {
        return shell.fail_with(finding.error());
    }
    shell.show(*finding, print_finding);
    return is_valid(*finding) ? ExitStatus::done : ExitStatus::failed;
}

ExitStatus check_key(Shell& shell, const ApiKeyArguments& arguments) {
    const Result<SecretText> text = read_input(shell.in());
    if (!text) {
        return shell.fail_with(text.error());
    }
    const Result<ApiKey> key = ApiKey::parse(text->expose());
    if (!key) {
        return shell.refuse({Errc::api_key_malformed, key.error().context, {}, {}});
    }
    if (!arguments.offline) {
        return check_with_server(shell, *key);
    }
    shell.print("form and checksum are right", [](JsonWriter& json) { json.member("valid", true); });
    return ExitStatus::done;
}

}  // namespace

void add_api_key_commands(CLI::App& app, Shell& shell) {
    const CommandGroup group =
        CommandGroup(app, shell).add_group("apikey", "Make, check, list and revoke API keys");

    const auto [making, made] =
        group.add("new", "Make a key, of an account or for a store of your own", make_key);
    making->add_option("--account", made->account, account_words);
    making->add_option("--name", made->name, "What it is for; needed with --account");
    making->add_option("--scope", made->scopes, "What it may do, as often as needed");
    making->add_option("--expires", made->expires, "How long it lives, or \"never\" (default: 90d)")
        ->type_name("DURATION");
    making->add_option("--prefix", made->prefix, "What a key of no account begins with")
        ->default_val("cardea")
        ->excludes("--account");

    const auto [checking, checked] =
        group.add("check", "Say whether the key on standard input is valid, and whose it is", check_key);
    checking->add_flag("--offline", checked->offline, "Look at its form and checksum alone");

    const auto [listing, listed] = group.add("list", "List the keys of an account", list_keys);
    listing->add_option("ACCOUNT", listed->account, account_words)->required();

    const auto [revoking, revoked] =
        group.add("revoke", "Revoke one key of an account, or all of them, at once", revoke_keys);
    revoking->add_option("ACCOUNT", revoked->account, account_words)->required();
    revoking->add_option("KEY", revoked->key, "The id of the key");
    revoking->add_flag("--all", revoked->all, "Every key of the account");
}

}  // namespace cardea::server
