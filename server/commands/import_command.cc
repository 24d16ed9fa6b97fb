// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "server/commands/commands.h"
#include "server/commands/print.h"
#include "server/commands/shell.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <ostream>

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
        const Result<Json> added =
            account ? shell.ask("account.add", *account) : Result<Json>(std::unexpected(account.error()));
        if (added) {
            ++counts.imported;
            continue;
        }
        ++counts.refused;
        shell.err() << "line " << number << ": ";
        shell.fail_with(added.error());
    }
    return counts;
}

ExitStatus import(Shell& shell, const std::string& file) {
    std::ifstream opened;
    if (file != "-") {
        opened.open(file);
        if (!opened) {
            return shell.fail_with(Error{Errc::config, "cannot read the file " + file, {}, {}});
        }
    }
    const Counts counts = import_lines(shell, file == "-" ? shell.in() : opened);
    if (shell.as_json) {
        std::string json;
        JsonWriter(json)
            .begin_object()
            .member("imported", counts.imported)
            .member("refused", counts.refused)
            .end_object();
        shell.out() << json << '\n';
    } else {
        shell.out(
        ) << fmt::format("{} accounts imported, {} lines refused\n", counts.imported, counts.refused);
    }
    return counts.refused == 0 ? ExitStatus::done : ExitStatus::failed;
}

}  // namespace

void add_import_command(CLI::App& account_group, Shell& shell) {
    auto file = std::make_shared<std::string>();
    CLI::App* command = account_group.add_subcommand(
        "import",
        "Add accounts with the password hashes of another system: one JSON object a line with email, "
        "username, "
        "name, password_hash (exit 1: some were refused)"
    );
    command->add_option("FILE", *file, "The list; - for standard input")->required();
    command->callback([&shell, file] { shell.action = [&shell, file] { return import(shell, *file); }; });
}

}  // namespace cardea::server
