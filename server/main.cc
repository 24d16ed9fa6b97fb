// SPDX-License-Identifier: Apache-2.0
#include "server/commands/program.h"
#include "server/restore.h"
#include "server/runtime.h"
#include "server/serve.h"

#include <algorithm>
#include <iostream>
#include <unistd.h>
#include <utility>

namespace {

cardea::server::Variables read_environment() {
    cardea::server::Variables variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos) {
            variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return variables;
}

cardea::Result<std::shared_ptr<cardea::server::Operations>> open_operations(
    const cardea::server::Config& config, cardea::server::Opening opening
) {
    auto runtime = cardea::server::Runtime::open(config, opening);
    if (!runtime) {
        return propagate(runtime);
    }
    return std::shared_ptr<cardea::server::Operations>(std::move(*runtime));
}

}  // namespace

int main(int argc, char** argv) {
    const cardea::server::Program program{
        cardea::server::serve,
        open_operations,
        cardea::server::restore,
        cardea::server::check_backup,
        read_environment()
    };
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    return std::to_underlying(
        cardea::server::run_program(arguments, program, {std::cin, std::cout, std::cerr})
    );
}
