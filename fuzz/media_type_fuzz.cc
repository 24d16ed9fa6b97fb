// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/http/headers.h"
#include "cardea/http/media_type.h"

#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::http;
    const std::string_view text = cardea::as_text({data, size});
    if (const auto type = parse_media_type(text)) {
        CARDEA_ASSERT(parse_media_type(type->essence)->essence == type->essence);
    }
    CARDEA_ASSERT(!(is_json_type(text) && is_form_type(text)));
    CARDEA_ASSERT(!wants_html(text) || text.contains('/'));
    std::ignore = choose_coding(text);
    return 0;
}
