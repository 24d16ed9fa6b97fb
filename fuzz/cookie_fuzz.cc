// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/http/cookie.h"
#include "cardea/http/headers.h"

#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::http;
    static const CookieWriter writer = CookieWriter::for_localhost("s", SameSite::lax).value();
    const std::string_view text = cardea::as_text({data, size});
    std::ignore = find_cookie(text, "s");
    if (const auto line = writer.set(text)) {
        CARDEA_ASSERT(is_header_value(*line));
        const auto found = find_cookie(std::string_view(*line).substr(0, line->find(';')), "s");
        CARDEA_ASSERT(found && *found == text);
    }
    return 0;
}
