// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::password::detail {

/// How stored hashes write bytes.
enum class Encoding : std::uint8_t {
    base64,          ///< RFC 4648 section 4 without padding: PHC strings
    base64_padded,   ///< with it: Django
    base64_adapted,  ///< `.` for `+`, without padding: passlib
    crypt64,         ///< `./0-9A-Za-z`, the low bits first: crypt(3)
    hex,             ///< lower case: Werkzeug
};

[[nodiscard]] std::string encode(Encoding encoding, ByteView bytes);

/// The exact reverse: one text for one value. Errc::malformed.
[[nodiscard]] Result<Bytes> decode(Encoding encoding, std::string_view text);

/// A number as crypt(3) writes it: `digits` characters of six bits, the low ones first.
[[nodiscard]] std::string to_crypt64_number(std::uint32_t value, std::size_t digits);
[[nodiscard]] std::optional<std::uint32_t> parse_crypt64_number(std::string_view text) noexcept;

}  // namespace cardea::password::detail
