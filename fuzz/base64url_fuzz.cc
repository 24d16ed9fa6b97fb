// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/base64url.h"
#include "cardea/base/hex.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const cardea::ByteView bytes(data, size);
    const std::string_view text = cardea::as_text(bytes);
    if (const auto decoded = cardea::base64url_decode(text)) {
        CARDEA_ASSERT(cardea::base64url_encode(*decoded) == text);
    }
    if (const auto decoded = cardea::hex_decode(text)) {
        CARDEA_ASSERT(cardea::hex_encode(*decoded) == text);
    }
    CARDEA_ASSERT(cardea::base64url_decode(cardea::base64url_encode(bytes)).value().size() == size);
    return 0;
}
