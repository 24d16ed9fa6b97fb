// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace cardea::testing {

/// The text of a file of the official test vectors, which are not part of this repository: they are read from
/// the folder CARDEA_VECTORS, by default `../shared/vectors` beside the checkout. nullopt when the folder is
/// absent.
inline std::optional<std::string> read_vectors(const std::string& name) {
    const char* configured = std::getenv("CARDEA_VECTORS");
    const std::filesystem::path folder = configured != nullptr ? configured : CARDEA_DEFAULT_VECTORS;
    std::ifstream file(folder / name, std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace cardea::testing

/// Reads vectors into `variable`, or ends the test with a visible notice that they are not there.
#define CARDEA_VECTORS_OR_SKIP(variable, name)                                                        \
    const std::optional<std::string> variable##_file = ::cardea::testing::read_vectors(name);         \
    if (!variable##_file) {                                                                           \
        GTEST_SKIP() << "no test vectors here: set CARDEA_VECTORS to the folder that holds " << name; \
    }                                                                                                 \
    const std::string& variable = *variable##_file
