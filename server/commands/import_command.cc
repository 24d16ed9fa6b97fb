// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"

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

struct Counts {
    std::int64_t imported = 0;
    std::int64_t refused = 0;
};

Counts import_lines(Shell& shell, std::istream& in) {
    Counts counts;
    std::int64_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty()) {
            continue;
        }
        const Result<std::string> account = read_account(line);
        const Result<Json> added = account ? shell.ask("account.add", *account, Opening::make_missing)
                                           : Result<Json>(std::unexpected(account.error()));
        if (added) {
            ++counts.imported;
            continue;
        }
        ++counts.refused;
        shell.err() << "line " << number << ": ";
        std::ignore = shell.fail_with(added.error());  // the lines after it are read all the same
    }
    return counts;
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
    const Counts counts = import_lines(shell, file == "-" ? shell.in() : opened);
    const std::string text =
        fmt::format("{} accounts imported, {} lines refused", counts.imported, counts.refused);
    shell.print(text, [&](JsonWriter& json) {
        json.member("imported", counts.imported).member("refused", counts.refused);
    });
    return counts.refused == 0 ? ExitStatus::done : ExitStatus::failed;
}

}  // namespace

void add_import_command(const CommandGroup& accounts) {
    const auto [importing, imported] = accounts.add(
        "import",
        "Add accounts with the password hashes of another system: one JSON object a line with email, "
        "username, name, password_hash (exit 1: some were refused)",
        import_accounts
    );
    importing->add_option("FILE", imported->file, "The list; - for standard input")->required();
}

}  // namespace cardea::server
