// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/enum_counts.h"
#include "cardea/base/errc.h"

#include <cstddef>

namespace cardea {

/// How many codes there are.
inline constexpr std::size_t errc_count = static_cast<std::size_t>(Errc::internal) + 1;

/// How often each code was.
using ErrcCounts = EnumCounts<Errc, errc_count>;

}  // namespace cardea
