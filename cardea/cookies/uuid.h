// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace cardea::cookies {

/// The bytes of a UUID (RFC 9562), in the order in which its text names them.
using Uuid = std::array<std::uint8_t, 16>;

}  // namespace cardea::cookies
