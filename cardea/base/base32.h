// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"

#include <span>
#include <string>
#include <string_view>

namespace cardea {

/// Lower-case Crockford base32, most significant bit first, the last group padded with zero bits.
[[nodiscard]] std::string crockford32_encode(ByteView bytes);

/// The exact reverse: false unless `text` is what crockford32_encode would write for `out.size()` bytes.
[[nodiscard]] bool crockford32_decode(std::string_view text, std::span<std::uint8_t> out) noexcept;

}  // namespace cardea
