// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "cardea/cookies/secret_keys.h"
#include "server/commands/commands.h"
#include "server/commands/cookie_formats.h"
#include "server/commands/input.h"
#include "server/commands/print.h"
#include "server/commands/shell.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <ostream>

namespace cardea::server {
namespace {

using std::chrono::seconds;

constexpr std::int64_t max_seconds = 253'402'300'799;  // the year 9999

struct Arguments {
    std::string format;
    std::string secret_file;
    std::optional<std::int64_t> at;
    std::optional<std::int64_t> max_age;
    std::map<std::string_view, std::string> labels;  ///< purpose, salt, name: those that were given
};

const CookieFormat& find_format(std::string_view name) {
    return *std::ranges::find(cookie_formats(), name, &CookieFormat::name);  // CLI11 took no other
}

/// The one label that the format knows. Errc::config when another was given.
Result<std::string_view> choose_label(const CookieFormat& format, const Arguments& arguments) {
    std::string_view chosen;
    for (const auto& [name, value] : arguments.labels) {
        if (value.empty()) {
            continue;
        }
        if (name != format.label) {
            return fail(
                Errc::config, "--" + std::string(name) + ": the format " + arguments.format + " has none"
            );
        }
        chosen = value;
    }
    return chosen;
}

/// Tells the operator when what the other application signs with can be guessed.
void warn_of_weakness(const Shell& shell, const CookieFormat& format, const SecretText& file) {
    if (!format.is_shared) {
        return;  // a Keyring takes no weak secret
    }
    const Result<cookies::SecretKeys> secrets = cookies::SecretKeys::parse(file.expose());
    if (const auto weakness = secrets ? secrets->weakness() : std::nullopt) {
        shell.err() << "cardea: warning: " << *weakness << "; who guesses it can sign in as anybody\n";
    }
}

using Act = ExitStatus (*)(const Shell&, const CookieFormat&, const CookieRequest&);

/// Reads what a command needs and lets `act` work with it.
ExitStatus prepare(const Shell& shell, const Arguments& arguments, Act act) {
    const CookieFormat& format = find_format(arguments.format);
    const Result<std::string_view> label = choose_label(format, arguments);
    if (!label) {
        return shell.fail_with(label.error());
    }
    const Result<SecretText> secrets = read_secret_file(arguments.secret_file);
    if (!secrets) {
        return shell.fail_with(secrets.error());
    }
    const Result<SecretText> input = read_input(shell.in());
    if (!input) {
        return shell.fail_with(input.error());
    }
    warn_of_weakness(shell, format, *secrets);
    SystemRandom random;
    const CookieRequest request{
        .secrets = secrets->expose(),
        .input = input->expose(),
        .label = *label,
        .now = arguments.at ? Time(seconds(*arguments.at)) : SystemClock().now(),
        .max_age = arguments.max_age ? std::optional(seconds(*arguments.max_age)) : std::nullopt,
        .random = random,
    };
    return act(shell, format, request);
}

ExitStatus sign(const Shell& shell, const CookieFormat& format, const CookieRequest& request) {
    const Result<std::string> text = format.sign(request);
    if (!text) {
        return shell.fail_with(text.error());
    }
    if (shell.as_json) {
        std::string json;
        JsonWriter(json).begin_object().member("signed", *text).end_object();
        shell.out() << json << '\n';
    } else {
        shell.out() << *text << '\n';
    }
    return ExitStatus::done;
}

void print_refusal(const Shell& shell, const Error& error) {
    std::string json;
    JsonWriter(json).begin_object().member("valid", false).member("reason", name(error.code)).end_object();
    shell.out() << json << '\n';
}

void print_content(const Shell& shell, const CookieContent& content) {
    if (!shell.as_json) {
        const auto text = content.value.as_text();
        shell.out() << make_printable(text ? std::string(*text) : to_string(content.value)) << '\n';
        return;
    }
    std::string json;
    JsonWriter writer(json);
    writer.begin_object().member("valid", true).member("value", content.value);
    if (content.signed_at) {
        writer.member("signed_at", *content.signed_at);
    }
    if (content.expires_at) {
        writer.member("expires_at", *content.expires_at);
    }
    writer.end_object();
    shell.out() << json << '\n';
}

ExitStatus verify(const Shell& shell, const CookieFormat& format, const CookieRequest& request) {
    const Result<CookieContent> content = format.verify(request);
    if (!content) {
        if (shell.as_json && content.error().code != Errc::config) {
            print_refusal(shell, content.error());
        }
        return shell.fail_with(content.error());
    }
    print_content(shell, *content);
    return ExitStatus::done;
}

void add_options(CLI::App& command, const std::shared_ptr<Arguments>& arguments) {
    std::vector<std::string> names;
    for (const CookieFormat& format : cookie_formats()) {
        names.emplace_back(format.name);
    }
    command.add_option("--format", arguments->format, "Whose format it is")
        ->required()
        ->check(CLI::IsMember(names));
    command.add_option("--secret-file", arguments->secret_file, "The secrets, one a line, the newest first")
        ->type_name("FILE")
        ->required();
    command.add_option("--at", arguments->at, "The time, in seconds since 1970 (default: now)")
        ->type_name("UNIX")
        ->check(CLI::Range(std::int64_t{0}, max_seconds));
    command
        .add_option(
            "--max-age",
            arguments->max_age,
            "How old it may be (default: what the application itself takes); when signing with one of "
            "Cardea's own formats, how long it is good for"
        )
        ->type_name("SECONDS")
        ->check(CLI::Range(std::int64_t{0}, max_seconds));
    command.add_option("--purpose", arguments->labels["purpose"], "cardea: what the value is for");
    command.add_option("--salt", arguments->labels["salt"], "itsdangerous, django: the salt");
    command.add_option("--name", arguments->labels["name"], "fastapi-sessions: the name of the cookie");
}

void add_command(CLI::App& command, Shell& shell, Act act) {
    auto arguments = std::make_shared<Arguments>();
    add_options(command, arguments);
    command.callback([&shell, arguments, act] {
        shell.action = [&shell, arguments, act] { return prepare(shell, *arguments, act); };
    });
}

}  // namespace

void add_cookie_commands(CLI::App& app, Shell& shell) {
    CLI::App& group =
        *app.add_subcommand("cookie", "Sign and verify cookies, ours and those of Python's frameworks");
    group.require_subcommand(1);
    CLI::App* signing =
        group.add_subcommand("sign", "Sign standard input: JSON, or a text where the format holds one");
    add_command(*signing, shell, sign);
    CLI::App* verifying =
        group.add_subcommand("verify", "Verify standard input and show what was signed (exit 1: not valid)");
    add_command(*verifying, shell, verify);
}

}  // namespace cardea::server
