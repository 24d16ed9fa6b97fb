// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/hex.h"
#include "cardea/base/json.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace cardea::testing {

/// One case of a Wycheproof file, with the fields of the group around it.
struct WycheproofCase {
    const Json& group;
    const Json& test;

    [[nodiscard]] Bytes hex(std::string_view name) const {
        return hex_decode(test.find_text(name).value()).value();
    }
    [[nodiscard]] bool is_valid() const { return test.find_text("result") != "invalid"; }
    [[nodiscard]] std::string name() const {
        return "tcId " + std::to_string(test.find("tcId")->as_integer().value());
    }
};

/// Calls `check` with every case of the file and returns their number.
template <class Check>
std::size_t for_each_wycheproof_case(const std::string& file, Check check) {
    const Json json = parse_json(file, {.bytes = file.size(), .values = 1'000'000}).value();
    std::size_t count = 0;
    for (const Json& group : json.find("testGroups")->items()) {
        for (const Json& test : group.find("tests")->items()) {
            const WycheproofCase one{group, test};
            SCOPED_TRACE(one.name());
            check(one);
            ++count;
        }
    }
    return count;
}

}  // namespace cardea::testing
