// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cardea::web::detail {

/// What the tries of a client are counted under, by the address that the engine found: of IPv6 its /64.
[[nodiscard]] std::string client_key(std::string_view client_address);

}  // namespace cardea::web::detail
