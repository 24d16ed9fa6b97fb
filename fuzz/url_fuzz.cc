// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/http/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::http;
    if (const auto url = parse_url(cardea::as_text({data, size}))) {
        const std::string text = url->to_string();
        const auto again = parse_url(text);
        CARDEA_ASSERT(text.size() > max_url_bytes || (again && *again == *url));
        CARDEA_ASSERT(parse_origin(url->origin().text()).value() == url->origin());
    }
    return 0;
}
