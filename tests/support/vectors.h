// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace cardea::testing {

/// The text of a file of the official test vectors, which are not part of this repository: they are read from
/// the folder CARDEA_VECTORS, by default `../shared/vectors` beside the checkout. nullopt when it is absent.
std::optional<std::string> read_vectors(const std::string& name);

}  // namespace cardea::testing

/// Reads vectors into `variable`, or ends the test with a visible notice that they are not there.
#define CARDEA_VECTORS_OR_SKIP(variable, name)                                                        \
    const std::optional<std::string> variable##_file = ::cardea::testing::read_vectors(name);         \
    if (!variable##_file) {                                                                           \
        GTEST_SKIP() << "no test vectors here: set CARDEA_VECTORS to the folder that holds " << name; \
    }                                                                                                 \
    const std::string& variable = *variable##_file
