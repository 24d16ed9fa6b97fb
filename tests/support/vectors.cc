// SPDX-License-Identifier: Apache-2.0
#include "tests/support/vectors.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace cardea::testing {

std::optional<std::string> read_vectors(const std::string& name) {
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
