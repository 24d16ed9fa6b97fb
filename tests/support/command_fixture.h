// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "server/commands/program.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace cardea::testing {

/// Runs the command line as main() does, with streams and a data folder of its own.
class CommandFixture : public ::testing::Test {
 protected:
    /// `group` stands in front of every command.
    explicit CommandFixture(std::string group = {}) : group_(std::move(group)) {}

    server::ExitStatus run(std::vector<std::string> arguments, const std::string& input = {}) {
        if (!group_.empty()) {
            arguments.insert(arguments.begin(), group_);
        }
        arguments.insert(arguments.end(), {"--data", folder_.path().string()});
        return run_as_given(arguments, input);
    }

    /// The same, and no argument is added.
    server::ExitStatus run_as_given(
        const std::vector<std::string>& arguments, const std::string& input = {}
    ) {
        std::istringstream in(input);
        out_.str("");
        err_.str("");
        return server::run_program(arguments, program_, {in, out_, err_});
    }

    /// The first line that was printed.
    [[nodiscard]] std::string line() const { return out_.str().substr(0, out_.str().find('\n')); }

    /// The same as JSON.
    [[nodiscard]] Json printed() const { return parse_json(line()).value(); }

    /// The path of a file that holds the text.
    [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
        const std::filesystem::path path = folder_.path() / name;
        write_file(path, text);
        return path.string();
    }

    TemporaryFolder folder_;
    server::Program program_;
    std::ostringstream out_;
    std::ostringstream err_;

 private:
    std::string group_;
};

}  // namespace cardea::testing
