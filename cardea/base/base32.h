// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cardea {

/// How a base32 text is read: as it is written here, or what people copy from a screen or type from paper, so
/// in any case and with blanks and dashes anywhere.
enum class Base32Reading : std::uint8_t { strict, lenient };

/// Lower-case Crockford base32, most significant bit first, the last group padded with zero bits.
[[nodiscard]] std::string crockford32_encode(ByteView bytes);

/// The exact reverse: false unless `text` is what crockford32_encode would write for `out.size()` bytes.
/// Lenient, O is read as 0, I and L as 1.
[[nodiscard]] bool crockford32_decode(
    std::string_view text, std::span<std::uint8_t> out, Base32Reading reading = Base32Reading::strict
) noexcept;

/// RFC 4648 section 6 (A-Z and 2-7), without padding: the form of secrets in authenticator apps.
[[nodiscard]] std::string base32_encode(ByteView bytes);

/// The reverse: strict, with the whole padding or none; lenient, with any. Errc::malformed for another
/// character, a length that no bytes have, and stray bits at the end.
[[nodiscard]] Result<Bytes> base32_decode(std::string_view text, Base32Reading reading);

}  // namespace cardea
