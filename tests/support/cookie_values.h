// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/json.h"
#include "cardea/cookies/secret_keys.h"

#include <chrono>
#include <string_view>

/// What the tests of cookies/ share.
namespace cardea::testing {

/// When the vectors were made: 2023-11-14 22:13:20 UTC.
inline constexpr Time now{std::chrono::seconds(1'700'000'000)};

inline cookies::SecretKeys secrets(std::string_view secret) {
    return cookies::SecretKeys::make(secret).value();
}

inline Json parsed(std::string_view text) {
    return parse_json(text).value();
}

}  // namespace cardea::testing
