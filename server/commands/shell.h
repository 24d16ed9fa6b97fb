// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/secret.h"
#include "server/commands/program.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea {
class JsonWriter;
}

namespace cardea::server {

/// What all commands share: the global options, and how an operation is reached.
class Shell {
 public:
    using Action = std::function<ExitStatus()>;
    /// Prints a result for people.
    using Printer = std::function<void(std::ostream&, const Json&)>;
    /// Writes the members of a JSON object.
    using Members = std::function<void(JsonWriter&)>;
    /// The text arguments of an operation; empty ones are left out.
    using Arguments = std::vector<std::pair<std::string_view, std::string_view>>;

    Shell(const Program& program, Streams streams) : program_(program), streams_(streams) {}
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;

    [[nodiscard]] std::ostream& out() const noexcept { return streams_.out; }
    [[nodiscard]] std::ostream& err() const noexcept { return streams_.err; }
    [[nodiscard]] std::istream& in() const noexcept { return streams_.in; }
    [[nodiscard]] const Program& program() const noexcept { return program_; }

    /// The configuration that file, environment and flags make, or every mistake.
    [[nodiscard]] ConfigResult read_config() const;
    /// The same, with the mistakes on err(); the log is written as it says from then on.
    [[nodiscard]] std::optional<LoadedConfig> load() const;

    /// Does an operation: in the server that runs on the data folder, or here. Only what puts something into
    /// a database says `make_missing`: the others would look into an empty one that they have just made,
    /// where somebody named the wrong folder.
    [[nodiscard]] Result<Json> ask(
        std::string_view operation, std::string_view arguments, Opening opening = Opening::everything
    ) const;

    /// Prints a result with `print`, or as JSON.
    void show(const Json& result, const Printer& print) const;

    /// Prints a line for people, or the members of a JSON object.
    void print(std::string_view text, const Members& members) const;

    /// Prints a JSON object. It may hold secrets: its text is wiped.
    void print_json(const Members& members) const;

    /// Says on err() that what was to be verified is not good; with --json on out() too: write_refusal().
    [[nodiscard]] ExitStatus refuse(const Error& error) const;

    /// Does an operation and shows its result; failures go to err().
    [[nodiscard]] ExitStatus run(
        std::string_view operation,
        const Arguments& arguments,
        const Printer& print,
        Opening opening = Opening::everything
    );

    /// Says on err() why something was not done.
    [[nodiscard]] ExitStatus fail_with(const Error& error) const;

    /// Asks for a new password twice at a terminal, or reads one line of standard input.
    [[nodiscard]] Result<SecretText> read_new_password() const;

    // Set by the parser.
    std::string config_file;
    std::map<std::string_view, Texts> flags;  ///< settings that were given, by name
    bool as_json = false;
    Action action;  ///< of the command that was given

 private:
    const Program& program_;
    Streams streams_;
};

/// The arguments as a JSON object.
[[nodiscard]] std::string to_json(const Shell::Arguments& arguments);

}  // namespace cardea::server
