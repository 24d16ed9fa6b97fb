// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"

#include <span>
#include <string>
#include <string_view>

namespace cardea {

/// The number of characters that `bytes` bytes become.
[[nodiscard]] constexpr std::size_t base64url_size(std::size_t bytes) noexcept {
    return bytes / 3 * 4 + (bytes % 3 * 4 + 2) / 3;
}

/// RFC 4648 section 5, without padding.
[[nodiscard]] std::string base64url_encode(ByteView bytes);

/// The same into memory of exactly base64url_size(bytes.size()) characters, for texts that are wiped later.
void base64url_encode(ByteView bytes, std::span<char> out) noexcept;

/// The exact reverse: false unless `text` is what base64url_encode would write for `out.size()` bytes. No
/// padding, no white space, no stray bits at the end: there is one text for one value.
[[nodiscard]] bool base64url_decode(std::string_view text, std::span<std::uint8_t> out) noexcept;

/// The same for any length. Errc::malformed.
[[nodiscard]] Result<Bytes> base64url_decode(std::string_view text);

/// RFC 4648 section 4 (`+` and `/`), also without padding: the form of PHC password strings.
[[nodiscard]] std::string base64_unpadded_encode(ByteView bytes);
[[nodiscard]] Result<Bytes> base64_unpadded_decode(std::string_view text);

/// The same with its padding, as Python writes it. Neither more nor less of it is read.
[[nodiscard]] std::string base64_encode(ByteView bytes);
[[nodiscard]] Result<Bytes> base64_decode(std::string_view text);

}  // namespace cardea
