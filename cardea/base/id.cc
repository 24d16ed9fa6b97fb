// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/id.h"

#include "cardea/base/base32.h"

namespace cardea::detail {

std::string id_to_string(const std::array<std::uint8_t, 16>& bytes) {
    return crockford32_encode(bytes);
}

Result<std::array<std::uint8_t, 16>> parse_id(std::string_view text) {
    std::array<std::uint8_t, 16> bytes{};
    if (!crockford32_decode(text, bytes)) {
        return fail(Errc::malformed, "id");
    }
    return bytes;
}

}  // namespace cardea::detail
