// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace cardea::server {

/// What is wrong with a command line that was not understood, and what was probably meant: a sentence. Empty
/// when the parser's own words are good enough.
[[nodiscard]] std::string explain_usage(const CLI::App& program);

}  // namespace cardea::server
