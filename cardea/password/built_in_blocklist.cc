// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/password/blocklist.h"

#include <utility>

extern "C" {
// Made by the build: built_in_blocklist.S takes the file in.
extern const std::uint8_t cardea_password_blocklist[];      // NOLINT(modernize-avoid-c-arrays)
extern const std::uint8_t cardea_password_blocklist_end[];  // NOLINT(modernize-avoid-c-arrays)
}

namespace cardea::password {

const Blocklist& Blocklist::built_in() {
    static const Blocklist list = [] {
        Result<Blocklist> parsed = view(ByteView(cardea_password_blocklist, cardea_password_blocklist_end));
        CARDEA_ASSERT(parsed);
        return std::move(*parsed);
    }();
    return list;
}

}  // namespace cardea::password
