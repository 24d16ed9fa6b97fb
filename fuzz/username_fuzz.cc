// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/username.h"
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"

using cardea::account::Username;

// The key of a user name is a user name with that same key; a display name stays as it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = cardea::as_text({data, size});
    if (const auto name = Username::parse(text)) {
        CARDEA_ASSERT(Username::parse(name->key())->key() == name->key());
    }
    if (const auto shown = cardea::account::parse_display_name(text)) {
        CARDEA_ASSERT(cardea::account::parse_display_name(*shown).value() == *shown);
    }
    return 0;
}
