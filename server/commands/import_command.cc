// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <ostream>
#include <tuple>

namespace cardea::server {
namespace {

constexpr std::array<std::string_view, 4> known_members{"email", "username", "name", "password_hash"};

/// The account that a line describes, as the operation takes it. Errc::invalid.
Result<std::string> read_account(std::string_view line) {
    const Result<Json> json = parse_json(line);
    if (!json || json->members().empty()) {
        return fail(Errc::invalid, "this is no JSON object");
    }
    Shell::Arguments arguments;
    for (const auto& [name, value] : json->members()) {
        const std::optional<std::string_view> text = value.as_text();
        if (std::ranges::find(known_members, name) == known_members.end() || !text) {
            return fail(
                Errc::invalid, "give texts called email, username, name, password_hash and nothing else"
            );
        }
        arguments.emplace_back(name, *text);
    }
    return to_json(arguments);
}

struct Import {
    std::int64_t imported = 0;
    std::int64_t refused = 0;
    bool is_stopped = false;  ///< by what would meet every line
};

/// Whether the next line may do better.
bool is_about_line(Errc code) {
    switch (code) {
        case Errc::malformed:
        case Errc::too_large:
        case Errc::invalid:
        case Errc::unsupported:
        case Errc::conflict:
        case Errc::password_too_short:
        case Errc::password_too_long:
        case Errc::password_too_simple:
        case Errc::password_blocked:
            return true;
        default:
            return false;
    }
}

Result<Json> import_line(Desk& desk, std::string_view line) {
    const Result<std::string> account = read_account(line);
    return account ? desk.ask("account.add", *account) : Result<Json>(std::unexpected(account.error()));
}

Import import_lines(const Shell& shell, std::istream& in) {
    Desk desk(shell, Opening::make_missing);
    Import import;
    std::int64_t number = 0;
    for (std::string line; !import.is_stopped && std::getline(in, line);) {
        ++number;
        if (line.empty()) {
            continue;
        }
        const Result<Json> added = import_line(desk, line);
        if (added) {
            ++import.imported;
            continue;
        }
        import.is_stopped = !is_about_line(added.error().code);
        import.refused += import.is_stopped ? 0 : 1;
        shell.err() << "line " << number << ": ";
        std::ignore = shell.fail_with(added.error());  // the lines after it are read all the same
    }
    return import;
}

std::string counted(std::int64_t count, std::string_view thing) {
    return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

struct ImportOptions {
    std::string file;
};

ExitStatus import_accounts(Shell& shell, const ImportOptions& options) {
    const std::string& file = options.file;
    std::ifstream opened;
    if (file != "-") {
        opened.open(file);
        if (!opened) {
            return shell.fail_with(Error{Errc::config, "cannot read the file " + file, {}, {}});
        }
    }
    const Import import = import_lines(shell, file == "-" ? shell.in() : opened);
    const std::string text = fmt::format(
        "{} imported, {} refused{}",
        counted(import.imported, "account"),
        counted(import.refused, "line"),
        import.is_stopped ? "; stopped there" : ""
    );
    shell.print(text, [&](JsonWriter& json) {
        json.member("imported", import.imported).member("refused", import.refused);
        json.member("stopped", import.is_stopped);
    });
    if (import.is_stopped) {
        return ExitStatus::usage;
    }
    return import.refused == 0 ? ExitStatus::done : ExitStatus::failed;
}

}  // namespace

void add_import_command(const CommandGroup& accounts) {
    const auto [importing, imported] = accounts.add(
        "import",
        "Add accounts with the password hashes of another system: one JSON object a line with email, "
        "username, name, password_hash (exit 1: some were refused; 2: it stopped)",
        import_accounts
    );
    importing->add_option("FILE", imported->file, "The list; - for standard input")->required();
}

}  // namespace cardea::server
