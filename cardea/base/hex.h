// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"

#include <span>
#include <string>
#include <string_view>

namespace cardea {

/// Two lower-case hexadecimal digits per byte.
[[nodiscard]] std::string hex_encode(ByteView bytes);

/// The exact reverse: false unless `text` is what hex_encode would write for `out.size()` bytes.
[[nodiscard]] bool hex_decode(std::string_view text, std::span<std::uint8_t> out) noexcept;

/// The same for any length. Errc::malformed.
[[nodiscard]] Result<Bytes> hex_decode(std::string_view text);

}  // namespace cardea
