// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/utf8.h"
#include "cardea/http/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto fields = cardea::http::parse_fields(cardea::as_text({data, size}));
    if (fields) {
        std::string text;
        for (const auto& [name, value] : fields->all()) {
            CARDEA_ASSERT(cardea::is_valid_utf8(name) && cardea::is_valid_utf8(value));
            cardea::http::append_field(text, name, value);
        }
        const auto again = cardea::http::parse_fields(text);
        CARDEA_ASSERT(again && again->all().size() == fields->all().size());
    }
    return 0;
}
