// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/key.h"
#include "cardea/apikey/scopes.h"
#include "cardea/base/assert.h"

#include <array>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = cardea::as_text({data, size});
    const auto key = cardea::apikey::ApiKey::parse(text);
    if (key) {
        CARDEA_ASSERT(key->text().expose() == text);
        CARDEA_ASSERT(cardea::apikey::ApiKey::resembles_one(text));
        CARDEA_ASSERT(key->hint().starts_with(text.substr(0, text.rfind('_') + 1)));
    }
    const std::array<std::string, 1> scope{std::string(text)};
    const auto joined = cardea::apikey::join_scopes(scope);
    CARDEA_ASSERT(!joined || cardea::apikey::has_scope(*joined, text));
    return 0;
}
