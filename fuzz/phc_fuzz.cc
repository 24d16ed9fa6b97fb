// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/password/argon2.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = cardea::as_text(cardea::ByteView(data, size));
    if (const auto hash = cardea::password::parse_argon2(text)) {
        CARDEA_ASSERT(cardea::password::to_phc(*hash) == text);
        CARDEA_ASSERT(hash->cost.memory_kib <= cardea::password::max_argon2_cost.memory_kib);
    }
    return 0;
}
