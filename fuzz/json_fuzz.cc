// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/json_writer.h"
#include "cardea/base/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = cardea::as_text(cardea::ByteView(data, size));
    if (const auto json = cardea::parse_json(text)) {
        CARDEA_ASSERT(cardea::parse_json(cardea::to_string(*json)).value() == *json);
        CARDEA_ASSERT(cardea::is_valid_utf8(text));
    }
    std::string written;
    cardea::JsonWriter(written).value(text);
    const auto back = cardea::parse_json(written, {.bytes = written.size()});
    CARDEA_ASSERT(back && back->as_text() == cardea::to_valid_utf8(text));
    return 0;
}
