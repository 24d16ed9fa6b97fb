// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "cardea/base/time_text.h"
#include "cardea/cookies/secret_keys.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/cookie_formats.h"
#include "server/commands/input.h"
#include "server/commands/print.h"
#include "server/commands/time_option.h"

#include <algorithm>
#include <map>
#include <ostream>

namespace cardea::server {
namespace {

using std::chrono::seconds;

struct Arguments {
    std::string format;
    std::string secret_file;
    TimeOption time;
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

/// Reads what a command needs and lets `Perform` work with it.
template <Act Perform>
ExitStatus prepare(const Shell& shell, const Arguments& arguments) {
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
        .now = arguments.time.now(),
        .max_age = arguments.max_age ? std::optional(seconds(*arguments.max_age)) : std::nullopt,
        .random = random,
    };
    return Perform(shell, format, request);
}

ExitStatus sign(const Shell& shell, const CookieFormat& format, const CookieRequest& request) {
    const Result<std::string> text = format.sign(request);
    if (!text) {
        return shell.fail_with(text.error());
    }
    shell.print(*text, [&](JsonWriter& json) { json.member("signed", *text); });
    return ExitStatus::done;
}

void write_content(JsonWriter& json, const CookieContent& content) {
    json.member("valid", true).member("value", content.value);
    if (content.signed_at) {
        json.member("signed_at", *content.signed_at);
    }
    if (content.expires_at) {
        json.member("expires_at", *content.expires_at);
    }
}

ExitStatus verify(const Shell& shell, const CookieFormat& format, const CookieRequest& request) {
    const Result<CookieContent> content = format.verify(request);
    if (!content) {
        const bool is_misuse = content.error().code == Errc::config;
        return is_misuse ? shell.fail_with(content.error()) : shell.refuse(content.error());
    }
    const auto text = content->value.as_text();
    shell.print(text ? make_printable(*text) : to_string(content->value), [&](JsonWriter& json) {
        write_content(json, *content);
    });
    return ExitStatus::done;
}

void add_options(const Command<Arguments>& command) {
    const auto& [app, arguments] = command;
    std::vector<std::string> names;
    for (const CookieFormat& format : cookie_formats()) {
        names.emplace_back(format.name);
    }
    app->add_option("--format", arguments->format, "Whose format it is")
        ->required()
        ->check(CLI::IsMember(names));
    app->add_option("--secret-file", arguments->secret_file, "The secrets, one a line, the newest first")
        ->type_name("FILE")
        ->required();
    arguments->time.add_to(*app);
    app->add_option(
           "--max-age",
           arguments->max_age,
           "How old it may be (default: what the application itself takes); when signing with one of "
           "Cardea's "
           "own formats, how long it is good for"
    )
        ->type_name("SECONDS")
        ->check(CLI::Range(std::int64_t{0}, last_unix_second));
    app->add_option("--purpose", arguments->labels["purpose"], "cardea: what the value is for");
    app->add_option("--salt", arguments->labels["salt"], "itsdangerous, django: the salt");
    app->add_option("--name", arguments->labels["name"], "fastapi-sessions: the name of the cookie");
}

}  // namespace

void add_cookie_commands(CLI::App& app, Shell& shell) {
    const CommandGroup group =
        CommandGroup(app, shell)
            .add_group("cookie", "Sign and verify cookies, ours and those of Python's frameworks");
    add_options(
        group.add("sign", "Sign standard input: JSON, or a text where the format holds one", prepare<sign>)
    );
    add_options(
        group
            .add("verify", "Verify standard input and show what was signed (exit 1: not valid)", prepare<verify>)
    );
}

}  // namespace cardea::server
