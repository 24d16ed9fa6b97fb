// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cardea {

/// Lower-case Crockford base32, most significant bit first, the last group padded with zero bits.
[[nodiscard]] std::string crockford32_encode(ByteView bytes);

/// The exact reverse: false unless `text` is what crockford32_encode would write for `out.size()` bytes.
[[nodiscard]] bool crockford32_decode(std::string_view text, std::span<std::uint8_t> out) noexcept;

/// RFC 4648 section 6 (A-Z and 2-7), without padding: the form of secrets in authenticator apps.
[[nodiscard]] std::string base32_encode(ByteView bytes);

/// How a base32 text is read. Strict: capitals, and either the whole padding or none. Lenient: what people
/// copy from a screen, so in any case, with blanks and dashes anywhere and any padding or none.
enum class Base32Reading : std::uint8_t { strict, lenient };

/// Errc::malformed for another character, a length that no bytes have, and stray bits at the end.
[[nodiscard]] Result<Bytes> base32_decode(std::string_view text, Base32Reading reading);

}  // namespace cardea
