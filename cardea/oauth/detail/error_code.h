// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace cardea::oauth::detail {

/// What an `error` parameter says, for the log: a code as the standards write them, or that it was none.
/// Descriptions are not repeated: anybody may have written them.
inline std::string error_code(std::string_view error) {
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    if (error.empty() || error.size() > 64 || !std::ranges::all_of(error, is_plain)) {
        return "no error code";
    }
    return std::string(error);
}

}  // namespace cardea::oauth::detail
