// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"

#include <algorithm>

namespace cardea::detail {

/// The member of that name, or the end. Names of one size mostly differ in their first letter, and looking at
/// that first spares most comparisons: claims of tokens all have three letters.
template <class Members>
auto find_member(Members& members, std::string_view name) noexcept {
    return std::ranges::find_if(members, [name](const Json::Member& member) {
        const std::string_view own = member.name;
        return own.size() == name.size() && (own.empty() || (own.front() == name.front() && own == name));
    });
}

}  // namespace cardea::detail
