// SPDX-License-Identifier: Apache-2.0
#include "server/commands/shell.h"

#include "cardea/log/log.h"
#include "server/commands/desk.h"
#include "server/commands/print.h"
#include "server/commands/prompt.h"
#include "server/control/records_json.h"

#include <array>
#include <ostream>

namespace cardea::server {
namespace {

/// A sentence for the codes that operators meet; the context says the rest.
std::string_view describe(Errc code) {
    switch (code) {
        case Errc::conflict:
            return "it exists already";
        case Errc::expired:
            return "it has expired";
        case Errc::replayed:
            return "it was used or revoked before";
        case Errc::password_too_short:
            return "the password is too short";
        case Errc::password_too_long:
            return "the password is too long";
        case Errc::password_too_simple:
            return "the password needs upper and lower case, a digit and another character";
        case Errc::password_blocked:
            return "the password is too easy to guess";
        case Errc::store_unavailable:
            return "the database cannot be used now";
        case Errc::store_corrupt:
            return "the database is damaged: put a backup in its place with `cardea restore FILE`";
        case Errc::busy:
            return "the server is busy; try again";
        default:
            return name(code);
    }
}

/// How the things that commands are told are written, by what errors call them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> forms{{
    {"id", "an id has 26 letters and digits, as the lists show it"},
    {"reference", "a reference has 16 letters and digits, such as abcd-efgh-jkmn-pqrs"},
    {"email", "that is no e-mail address"},
    {"username", "a user name has letters of one script, digits and punctuation, without spaces and @"},
    {"name", "a display name has up to 100 visible characters on one line"},
    {"password hash", "that is no password hash that is known here: `cardea password identify` reads them"},
    {"API key name", "the name of an API key has up to 100 visible characters on one line"},
    {"API key scope", "a scope is a word of visible ASCII characters without quotes and backslashes"},
}};

/// The sentence about something that is not written as it must be: "email: needs exactly one @".
std::string how_it_is_written(const std::string& context) {
    const std::string_view thing = std::string_view(context).substr(0, context.find(':'));
    for (const auto& [name, form] : forms) {
        if (name == thing) {
            const std::size_t rest = context.find_first_not_of(": ", name.size());
            return rest == std::string::npos ? std::string(form)
                                             : std::string(form) + " (" + context.substr(rest) + ")";
        }
    }
    return context.empty() ? "this is not how it is written" : context;
}

std::string in_brackets(const std::string& context) {
    return context.empty() ? "" : " (" + context + ")";
}

std::string sentence_for(const Error& error) {
    switch (error.code) {
        case Errc::config:
        case Errc::io:
            return error.context;
        case Errc::malformed:
        case Errc::invalid:
            return how_it_is_written(error.context);
        case Errc::not_found:
            return "there is no such " + error.context;
        default:
            return std::string(describe(error.code)) + in_brackets(error.context);
    }
}

/// Prints JSON that may hold a secret.
void print_line(std::ostream& out, const Shell::Members& write) {
    constexpr std::size_t usual_size = std::size_t{64} << 10U;
    std::string text;
    text.reserve(usual_size);  // growing would leave copies behind
    JsonWriter json(text);
    write(json);
    out << text << '\n';
    wipe(text.data(), text.size());
}

}  // namespace

ConfigResult Shell::read_config() const {
    ConfigSources sources{.file = config_file, .environment = program_.environment};
    for (const auto& [name, texts] : flags) {
        if (!texts.empty()) {
            sources.flags.emplace_back(name, texts);
        }
    }
    return load_config(sources);
}

std::optional<LoadedConfig> Shell::load() const {
    ConfigResult loaded = read_config();
    if (!loaded) {
        err() << to_text(loaded.error());
        return std::nullopt;
    }
    log::start(loaded->config.log);
    return std::move(*loaded);
}

Result<Json> Shell::ask(std::string_view operation, std::string_view arguments, Opening opening) const {
    return Desk(*this, opening).ask(operation, arguments);
}

void Shell::show(const Json& result, const Printer& print) const {
    if (as_json) {
        print_line(out(), [&](JsonWriter& json) { json.value(result); });
    } else {
        print(out(), result);
    }
}

void Shell::print(std::string_view text, const Members& members) const {
    if (as_json) {
        print_json(members);
    } else {
        out() << text << '\n';
    }
}

void Shell::print_json(const Members& members) const {
    print_line(out(), [&](JsonWriter& json) {
        json.begin_object();
        members(json);
        json.end_object();
    });
}

ExitStatus Shell::refuse(const Error& error) const {
    if (as_json) {
        print_json([&](JsonWriter& json) { write_refusal(json, error); });
    }
    err() << "cardea: not valid: " << name(error.code) << make_printable(in_brackets(error.context)) << '\n';
    return ExitStatus::failed;
}

ExitStatus Shell::run(
    std::string_view operation, const Arguments& arguments, const Printer& print, Opening opening
) {
    std::string text = server::to_json(arguments);
    const Result<Json> result = ask(operation, text, opening);
    wipe(text.data(), text.size());  // it may hold a password
    if (!result) {
        return fail_with(result.error());
    }
    show(*result, print);
    return ExitStatus::done;
}

ExitStatus Shell::fail_with(const Error& error) const {
    if (error.code == Errc::config && error.context.empty()) {
        return ExitStatus::usage;  // load() has said it all
    }
    err() << "cardea: " << make_printable(sentence_for(error)) << '\n';
    return error.code == Errc::config ? ExitStatus::usage : ExitStatus::failed;
}

Result<SecretText> Shell::read_new_password() const {
    return server::read_new_password(streams_.in, streams_.err);
}

std::string to_json(const Shell::Arguments& arguments) {
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    for (const auto& [name, value] : arguments) {
        if (!value.empty()) {
            json.member(name, value);
        }
    }
    json.end_object();
    return text;
}

}  // namespace cardea::server
